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
   * @param idle runs when nobody waits (any more)
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

  /** Lets through whoever can go. */
  public void drain() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      drainOnce();
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void drainOnce() {
    while (true) {
      FifoWaiter<T> first = first();
      if (first == null) {
        idle.run();
        return;
      }
      T value;
      try {
        value = first.take();
      } catch (RuntimeException e) {
        remove(first);
        first.fail(e);
        continue;
      }
      if (value == null) {
        return;
      }
      remove(first);
      if (!first.serve(value)) {
        giveBack.accept(value);
      }
    }
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
    drain();
  }

  public int waiting() {
    return Math.max(0, live.get());
  }

  void join(FifoWaiter<T> waiter) {
    live.incrementAndGet();
    synchronized (queue) {
      queue.add(waiter);
    }
    drain();
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
    drain();
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

  private void remove(FifoWaiter<T> waiter) {
    synchronized (queue) {
      // Someone who cancelled just now may have been cleared away already.
      if (queue.peek() == waiter) {
        queue.poll();
      }
    }
  }
}
