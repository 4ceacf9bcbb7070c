package io.sluice.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * A queue of subscribers that are let through one by one, first come, first served. Values are
 * emitted without a lock held and never recursively, whatever subscribers do with them.
 */
public final class FifoGate<T> {
  private final Consumer<? super T> giveBack;
  private final Consumer<? super T> abandoned;
  private final Runnable idle;
  private final ArrayDeque<FifoWaiter<T>> queue = new ArrayDeque<>();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicInteger live = new AtomicInteger();

  /**
   * @param giveBack takes a value that could not be handed to anyone
   * @param abandoned takes a value whose subscriber cancelled after it had been handed over
   * @param idle runs once a queue has been served and is empty; not for a subscriber that did not
   *     have to wait
   */
  public FifoGate(Consumer<? super T> giveBack, Consumer<? super T> abandoned, Runnable idle) {
    this.giveBack = giveBack;
    this.abandoned = abandoned;
    this.idle = idle;
  }

  /**
   * Waits in the queue until it is this subscriber's turn and {@code take} gives a value.
   *
   * @param check throws what the subscriber shall be sent away with
   * @param take gives null if the first in the queue has to go on waiting; whoever changes that
   *     calls {@link #drain}
   */
  public Mono<T> enter(Runnable check, Supplier<? extends @Nullable T> take) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> actual) {
        actual.onSubscribe(new FifoWaiter<>(FifoGate.this, actual, check, take));
      }
    };
  }

  /**
   * A value for somebody who would not wait: null if others wait already, or if there is none.
   *
   * @param take as for {@link #enter}
   */
  public @Nullable T takeAtOnce(Supplier<? extends @Nullable T> take) {
    if (live.get() > 0 || !work.compareAndSet(0, 1)) {
      return null;
    }
    try {
      return take.get();
    } finally {
      serve(work.decrementAndGet());
    }
  }

  /** Lets through whoever can go. */
  public void drain() {
    if (live.get() > 0) {
      serve();
    }
  }

  private void serve() {
    if (work.getAndIncrement() == 0) {
      serve(1);
    }
  }

  /** Serves as long as anybody asked for it meanwhile; only one thread at a time comes here. */
  private void serve(int asked) {
    int seen = asked;
    while (seen != 0) {
      serveQueue();
      seen = work.addAndGet(-seen);
    }
  }

  private void serveQueue() {
    FifoWaiter<T> first = first();
    while (first != null) {
      if (!offer(first)) {
        return;
      }
      first = first();
    }
    idle.run();
  }

  /** Lets a waiter through, or returns false if it has to go on waiting. */
  private boolean offer(FifoWaiter<T> waiter) {
    T value;
    try {
      value = waiter.take();
    } catch (RuntimeException e) {
      waiter.fail(e);
      return true;
    }
    if (value == null) {
      return false;
    }
    if (!waiter.serve(value)) {
      giveBack.accept(value);
    }
    return true;
  }

  /** Sends away everybody, wherever in the queue, whose check now fails. */
  public void sweep() {
    List<FifoWaiter<T>> waiters;
    synchronized (queue) {
      waiters = new ArrayList<>(queue);
    }
    for (FifoWaiter<T> waiter : waiters) {
      try {
        waiter.check();
      } catch (RuntimeException e) {
        waiter.fail(e);
      }
    }
    serve();
  }

  public int waiting() {
    return Math.max(0, live.get());
  }

  void join(FifoWaiter<T> waiter) {
    boolean alone = live.getAndIncrement() == 0;
    if (alone && work.compareAndSet(0, 1)) {
      if (!offer(waiter)) {
        enqueue(waiter);
      }
      serve(work.decrementAndGet());
    } else {
      enqueue(waiter);
      serve();
    }
  }

  private void enqueue(FifoWaiter<T> waiter) {
    synchronized (queue) {
      queue.add(waiter);
    }
  }

  /** A waiter no longer waits: it was served, or it cancelled. */
  void left() {
    live.decrementAndGet();
  }

  /** A waiter cancelled. Its place is cleared when it is reached, or when half of all have gone. */
  void cancelled() {
    left();
    synchronized (queue) {
      if (queue.size() > 2 * waiting() + 64) {
        queue.removeIf(waiter -> !waiter.queued());
      }
    }
    serve();
  }

  void abandoned(T value) {
    abandoned.accept(value);
  }

  private @Nullable FifoWaiter<T> first() {
    synchronized (queue) {
      FifoWaiter<T> first = queue.peek();
      while (first != null && !first.queued()) {
        queue.poll();
        first = queue.peek();
      }
      return first;
    }
  }
}
