package io.sluice.flow.retry;

import java.time.Duration;
import java.time.Instant;

/** The target could not be reached for longer than the run is willing to wait. */
public final class OutageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Instant since;
  private final Duration lasted;

  /**
   * Gives up.
   *
   * @param message says what happened and what to do
   * @param since when the first call of the outage failed
   * @param lasted how long the outage lasted until now
   * @param cause the last failure
   */
  public OutageException(String message, Instant since, Duration lasted, Throwable cause) {
    super(message, cause);
    this.since = since;
    this.lasted = lasted;
  }

  /** When the first call of the outage failed. */
  public Instant since() {
    return since;
  }

  /** How long the outage had lasted when it was given up. */
  public Duration lasted() {
    return lasted;
  }
}
