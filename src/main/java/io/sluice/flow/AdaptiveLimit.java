package io.sluice.flow;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Bounds how many calls are under way at a time, and finds that bound by itself: as many as keep a
 * slow way busy, and no more than a server answers without queueing them. A call that took longer
 * than the shortest one has waited somewhere; what share of the calls waits follows from both times
 * (Little's law). Few that wait raise the bound by one, many lower it, as TCP Vegas does.
 * Thread-safe.
 *
 * <p>Source: L. Brakmo and L. Peterson, "TCP Vegas: End to End Congestion Avoidance on a Global
 * Internet", 1995.
 */
final class AdaptiveLimit {
  /** Begins with so many, and never goes below, lest a way that becomes longer stays empty. */
  private static final int FIRST = 8;

  /** Up to so many waiting calls show that the server could do with more. */
  private static final int FEW = 2;

  /** From so many on, they wait for each other. */
  private static final int MANY = 4;

  private final int most;
  private final LongSupplier nanos;
  private final LongConsumer times;
  private final FifoGate<Place> line = new FifoGate<>(Place::leave, Place::leave, () -> {});
  private final FifoGate<Place> ahead = new FifoGate<>(Place::leave, Place::leave, line::drain);
  private int limit;
  private int underWay;
  private long shortest = Long.MAX_VALUE;

  /** That of one call under way. Whoever cancels while it is handed over may leave it as well. */
  private final class Place {
    private final AtomicBoolean left = new AtomicBoolean();

    void leave() {
      if (left.compareAndSet(false, true)) {
        free();
      }
    }
  }

  private AdaptiveLimit(int most, LongSupplier nanos, LongConsumer times) {
    this.most = most;
    this.nanos = nanos;
    this.times = times;
    this.limit = Math.min(FIRST, most);
  }

  /**
   * A bound that nothing is known of yet.
   *
   * @param most what the bound never exceeds, at least 1
   * @param times receives the time of each successful call, in nanoseconds
   */
  static AdaptiveLimit upTo(int most, LongConsumer times) {
    return new AdaptiveLimit(most, () -> Schedulers.parallel().now(TimeUnit.NANOSECONDS), times);
  }

  /**
   * Makes the call once the bound allows, first come, first served, and takes its time if it
   * succeeds. Lazy; cancelling it cancels the call, or leaves the queue.
   */
  <T> Mono<T> call(Mono<T> call) {
    return within(line.enter(() -> {}, () -> ahead.waiting() > 0 ? null : enter()), call);
  }

  /** Like {@link #call}, but ahead of all calls that wait there. */
  <T> Mono<T> callFirst(Mono<T> call) {
    // Who came to the line meanwhile was not let through, though there may be places left.
    return within(ahead.enter(() -> {}, this::enter).doOnNext(place -> line.drain()), call);
  }

  /** How many calls may be under way now. */
  synchronized int limit() {
    return limit;
  }

  private <T> Mono<T> within(Mono<Place> entered, Mono<T> call) {
    return Mono.usingWhen(entered, place -> timed(call), place -> Mono.fromRunnable(place::leave));
  }

  private <T> Mono<T> timed(Mono<T> call) {
    return Mono.defer(
        () -> {
          long begun = nanos.getAsLong();
          return call.doOnSuccess(value -> succeeded(nanos.getAsLong() - begun));
        });
  }

  private void succeeded(long time) {
    took(time);
    times.accept(time);
  }

  private synchronized @Nullable Place enter() {
    if (underWay >= limit) {
      return null;
    }
    underWay++;
    return new Place();
  }

  private void free() {
    synchronized (this) {
      underWay--;
    }
    ahead.drain();
    line.drain();
  }

  private synchronized void took(long time) {
    long took = Math.max(1, time);
    shortest = Math.min(shortest, took);
    double waiting = underWay * (1 - (double) shortest / took);
    if (waiting > MANY) {
      limit = Math.max(Math.min(FIRST, most), limit - 1);
    } else if (waiting < FEW && underWay >= limit) {
      limit = Math.min(most, limit + 1);
    }
  }
}
