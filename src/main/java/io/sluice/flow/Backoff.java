package io.sluice.flow;

import java.time.Duration;

/**
 * Waits that double from one repetition to the next.
 *
 * @param first the longest wait before the first repetition
 * @param longest the longest wait there is
 */
public record Backoff(Duration first, Duration longest) {
  /** So often a wait can double without leaving what a {@code Duration} holds. */
  private static final int MOST_DOUBLINGS = 40;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a wait is negative
   */
  public Backoff {
    if (first.isNegative() || longest.isNegative()) {
      throw new IllegalArgumentException("Waits must be of at least 0: " + first + ", " + longest);
    }
  }

  /** The wait before the given repetition, the first of which is 1. */
  public Duration before(int repetition) {
    double doubled = Math.scalb((double) first.toNanos(), Math.min(repetition - 1, MOST_DOUBLINGS));
    return Duration.ofNanos((long) Math.min(doubled, (double) longest.toNanos()));
  }

  /**
   * A random share of the wait before the given repetition, so that many who were refused together
   * do not come back together.
   *
   * @param random from 0 to below 1
   */
  public Duration jittered(int repetition, double random) {
    return Duration.ofNanos((long) (random * before(repetition).toNanos()));
  }
}
