package io.sluice.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast rows go through while nothing holds them up: the time of outages and of waiting for
 * quota does not count. For one thread at a time.
 */
final class Pace {
  private static final long SHORTEST = 500_000_000L;

  private long done;
  private long lastNanos;
  private long activeNanos;
  private boolean begun;

  /**
   * Takes note of how far things are.
   *
   * @param nanos the time, as {@link System#nanoTime()} tells it
   * @param rows how many rows are done
   * @param held whether something held them up since the last time
   */
  void sample(long nanos, long rows, boolean held) {
    if (begun && !held) {
      activeNanos += nanos - lastNanos;
    }
    begun = true;
    lastNanos = nanos;
    done = rows;
  }

  /** Rows per second; 0 if that cannot be told yet. */
  double perSecond() {
    return activeNanos < SHORTEST ? 0 : done * 1e9 / activeNanos;
  }

  /** How long that many further rows take at this pace; null if that cannot be told yet. */
  @Nullable Duration timeFor(long rows) {
    double speed = perSecond();
    return speed == 0 ? null : Duration.ofMillis((long) (1000 * rows / speed));
  }
}
