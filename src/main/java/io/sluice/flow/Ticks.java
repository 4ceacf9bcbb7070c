package io.sluice.flow;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler's time in nanoseconds, made to never run backwards: a wall clock that is set back
 * goes on from where it was.
 */
public final class Ticks {
  /** A moment that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final Duration LONGEST = Duration.ofDays(3650);

  private final Scheduler scheduler;
  private long last = Long.MIN_VALUE;
  private long offset;

  public Ticks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  public synchronized long now() {
    long now = scheduler.now(TimeUnit.NANOSECONDS) + offset;
    if (now < last) {
      offset += last - now;
      now = last;
    }
    last = now;
    return now;
  }

  /** So many periods after the moment; never, if that is beyond what numbers can tell. */
  public static long after(long moment, long periods, long period) {
    return period > 0 && periods > (NEVER - moment) / period ? NEVER : moment + periods * period;
  }

  /** The duration in nanoseconds, negative ones as zero, anything beyond ten years as ten years. */
  public static long nanos(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
  }
}
