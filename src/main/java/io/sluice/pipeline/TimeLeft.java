package io.sluice.pipeline;

import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The time that a phase still takes: what its pace or the quota makes of the rows that are left,
 * whichever is longer. Terminal, console and API all show this one estimate. For one thread at a
 * time.
 */
public final class TimeLeft {
  private static final long SHORTEST_NANOS = 500_000_000L;

  private final @Nullable LongUnaryOperator planned;
  private long first = -1;
  private long sent;
  private long done;
  private long lastNanos;
  private long activeNanos;
  private boolean begun;

  /**
   * An estimate for one phase.
   *
   * @param planned how many requests that many rows take; null to expect as many for each row as
   *     the phase has sent so far
   */
  public TimeLeft(@Nullable LongUnaryOperator planned) {
    this.planned = planned;
  }

  /**
   * Takes note of how far the phase is.
   *
   * @param nanos the time, as {@link System#nanoTime()} gives it
   * @param rows how many rows are done
   * @param held whether something held them up since the last time
   * @param requests how many requests were sent in all
   */
  public void sample(long nanos, long rows, boolean held, long requests) {
    if (begun && !held) {
      activeNanos += nanos - lastNanos;
    }
    begun = true;
    lastNanos = nanos;
    first = first < 0 ? requests : first;
    sent = requests - first;
    done = rows;
  }

  /** Rows per second while nothing holds them up; 0 if that is not known yet. */
  public double perSecond() {
    return activeNanos < SHORTEST_NANOS ? 0 : done * 1e9 / activeNanos;
  }

  /**
   * How long that many further rows take.
   *
   * @param quota how long the quota alone makes that many further requests take
   * @return null if that is not known, or no row is left
   */
  public @Nullable Duration of(long rows, LongFunction<Duration> quota) {
    if (rows <= 0) {
      return null;
    }
    double speed = perSecond();
    Duration allowed = quota.apply(requests(rows));
    if (speed == 0) {
      return allowed.isZero() ? null : allowed;
    }
    Duration paced = Duration.ofMillis((long) (1000 * rows / speed));
    return paced.compareTo(allowed) < 0 ? allowed : paced;
  }

  private long requests(long rows) {
    if (planned != null) {
      return planned.applyAsLong(rows);
    }
    return done <= 0 ? 0 : (long) Math.ceil((double) rows * sent / done);
  }
}
