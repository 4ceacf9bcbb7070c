package io.sluice.flow;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * One subscriber of a {@link FifoGate}: joins its queue on the first request, and receives at most
 * one value or error.
 */
final class FifoWaiter<T> implements Subscription {
  private enum State {
    IDLE,
    QUEUED,
    SERVED,
    CANCELLED
  }

  private final FifoGate<T> gate;
  private final CoreSubscriber<? super T> actual;
  private final Runnable check;
  private final Supplier<? extends @Nullable T> take;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private volatile @Nullable T served;

  FifoWaiter(
      FifoGate<T> gate,
      CoreSubscriber<? super T> actual,
      Runnable check,
      Supplier<? extends @Nullable T> take) {
    this.gate = gate;
    this.actual = actual;
    this.check = check;
    this.take = take;
  }

  void check() {
    check.run();
  }

  @Nullable T take() {
    check.run();
    return take.get();
  }

  boolean queued() {
    return state.get() == State.QUEUED;
  }

  /** Hands the value over, or returns false if the subscriber has gone. */
  boolean serve(T value) {
    served = value;
    if (!state.compareAndSet(State.QUEUED, State.SERVED)) {
      return false;
    }
    gate.left();
    actual.onNext(value);
    actual.onComplete();
    return true;
  }

  /** Hands the error over, or returns false if the subscriber has gone. */
  boolean fail(Throwable error) {
    if (!state.compareAndSet(State.QUEUED, State.SERVED)) {
      return false;
    }
    gate.left();
    actual.onError(error);
    return true;
  }

  @Override
  public void request(long n) {
    if (state.compareAndSet(State.IDLE, State.QUEUED)) {
      gate.join(this);
    }
  }

  @Override
  public void cancel() {
    switch (state.getAndUpdate(s -> s == State.SERVED ? s : State.CANCELLED)) {
      case QUEUED -> gate.cancelled();
      case SERVED -> {
        // The value may have been on its way to a subscriber that no longer takes it.
        T value = served;
        if (value != null) {
          gate.abandoned(value);
        }
      }
      case IDLE, CANCELLED -> {}
    }
  }
}
