package io.sluice.flow.retry;

import java.time.Duration;

/**
 * How often and how fast to repeat a call.
 *
 * @param attempts how many times a call is made at most, the first time included
 * @param firstBackoff the longest wait before the first repetition; it doubles with each
 * @param maxBackoff the longest wait there is
 */
public record RetryPolicy(int attempts, Duration firstBackoff, Duration maxBackoff) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no attempt or a wait is negative
   */
  public RetryPolicy {
    if (attempts < 1 || firstBackoff.isNegative() || maxBackoff.isNegative()) {
      throw new IllegalArgumentException(
          "At least 1 attempt and waits of at least 0: " + attempts + ", " + firstBackoff);
    }
  }

  /** Six attempts, waits of up to 250 ms at first and up to 20 s at last. */
  public static RetryPolicy standard() {
    return new RetryPolicy(6, Duration.ofMillis(250), Duration.ofSeconds(20));
  }

  /**
   * The wait after the {@code failed}-th failed attempt, with full jitter.
   *
   * @param random from 0 to below 1
   */
  public Duration backoff(int failed, double random) {
    double longest = Math.scalb((double) firstBackoff.toNanos(), Math.min(failed - 1, 40));
    return Duration.ofNanos((long) (random * Math.min(longest, (double) maxBackoff.toNanos())));
  }
}
