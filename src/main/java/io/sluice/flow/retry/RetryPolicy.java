package io.sluice.flow.retry;

import io.sluice.flow.Backoff;
import java.time.Duration;

/**
 * How often and how fast to repeat a call.
 *
 * @param attempts how many times a call is made at most, the first time included
 * @param backoff the waits between attempts
 */
public record RetryPolicy(int attempts, Backoff backoff) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no attempt
   */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("At least 1 attempt: " + attempts);
    }
  }

  /** Six attempts, waits of up to 250 ms at first and up to 20 s at last. */
  public static RetryPolicy standard() {
    return new RetryPolicy(6, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(20)));
  }
}
