package io.sluice.flow.quota;

import io.sluice.flow.DeadlineTimer;
import io.sluice.flow.FifoGate;
import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets calls of this process go as long as all processes together have some left. Takes them in
 * slices, so that not every call has to be asked for; a slice that is not used up in time is lost.
 * Thread-safe.
 */
final class SharedGate {
  private static final int LARGEST_SLICE = 64;
  private static final int LARGEST_SHARE = 10;
  private static final long AFTER_ERROR = 1_000_000_000L;

  private final SharedQuota shared;
  private final Supplier<QuotasInForce> quotas;
  private final Ticks ticks;
  private final DeadlineTimer timer;
  private final FifoGate<Boolean> line =
      new FifoGate<>(unused -> putBack(), abandoned -> {}, () -> {});
  private int left;
  private int last;
  private long expires;
  private long askAgain = Long.MIN_VALUE;
  private boolean asking;

  /**
   * @param quotas what holds now
   * @param scheduler tells the time and runs the timers
   */
  SharedGate(SharedQuota shared, Supplier<QuotasInForce> quotas, Scheduler scheduler) {
    this.shared = shared;
    this.quotas = quotas;
    this.ticks = new Ticks(scheduler);
    this.timer = new DeadlineTimer(scheduler, ticks, line::drain);
  }

  /** Completes when a call may go. Cancelling leaves the queue. */
  Mono<Boolean> enter(Runnable check) {
    return line.enter(check, this::take);
  }

  /** Sends away everybody who waits and whose check now fails. */
  void recheck() {
    line.sweep();
  }

  private @Nullable Boolean take() {
    QuotasInForce inForce = quotas.get();
    List<Quota> now = inForce.all();
    if (now.isEmpty()) {
      return true;
    }
    boolean ask = false;
    long wake = Ticks.NEVER;
    synchronized (this) {
      long moment = ticks.now();
      if (left > 0 && moment < expires) {
        left--;
        return true;
      }
      if (!asking && moment >= askAgain) {
        asking = true;
        ask = true;
      } else if (!asking) {
        wake = askAgain;
      }
    }
    if (ask) {
      shared
          .take(new SharedQuota.Request(now, inForce.announced(), wanted(now)))
          .subscribe(slice -> granted(slice, now), error -> again(AFTER_ERROR));
    }
    timer.set(wake);
    return null;
  }

  /** Twice the last slice if that was used up in time; never a large part of a quota. */
  private int wanted(List<Quota> of) {
    long largest = of.stream().mapToLong(Quota::calls).min().orElse(1) / LARGEST_SHARE;
    int grown;
    synchronized (this) {
      grown = left == 0 ? 2 * last : 1;
    }
    long wanted = Math.min(Math.max(grown, line.waiting()), Math.min(LARGEST_SLICE, largest));
    return (int) Math.max(1, wanted);
  }

  private void granted(SharedQuota.Slice slice, List<Quota> of) {
    if (slice.calls() == 0) {
      again(Math.max(1, Ticks.nanos(slice.pause())));
      return;
    }
    Duration shortest =
        of.stream().map(Quota::window).min(Comparator.naturalOrder()).orElse(Duration.ZERO);
    synchronized (this) {
      left = slice.calls();
      last = left;
      expires = ticks.now() + Ticks.nanos(SharedQuota.life(shortest));
      asking = false;
    }
    line.drain();
  }

  private void again(long nanos) {
    synchronized (this) {
      asking = false;
      askAgain = ticks.now() + nanos;
    }
    line.drain();
  }

  private synchronized void putBack() {
    left++;
  }
}
