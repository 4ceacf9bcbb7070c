package io.sluice.flow.retry;

import java.util.Objects;

/**
 * A call failed as often as it may, each time for a reason that may pass. Its cause is the last
 * failure.
 */
public final class AttemptsSpentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int attempts;

  /**
   * Wraps the last failure.
   *
   * @param attempts how many failed attempts were counted
   */
  public AttemptsSpentException(int attempts, Throwable cause) {
    super(attempts + " attempts failed, the last one with: " + cause.getMessage(), cause);
    this.attempts = attempts;
  }

  /** How many failed attempts were counted; a 429 and the time of an outage do not count. */
  public int attempts() {
    return attempts;
  }

  /** The last failure. */
  @Override
  public synchronized Throwable getCause() {
    return Objects.requireNonNull(super.getCause());
  }
}
