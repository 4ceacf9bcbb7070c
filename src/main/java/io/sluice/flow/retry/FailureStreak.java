package io.sluice.flow.retry;

import io.sluice.flow.Ticks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failures since the last answer to believe: whether they look like an outage, how long they
 * may go on, and what to say when they have gone on too long. Its {@link CircuitBreaker} guards it.
 */
final class FailureStreak {
  private static final int FAILURES = 5;
  private static final int REFUSALS = 3;

  private final Duration maxOutage;
  private final Duration firstAnswerLimit;
  private boolean answered;
  private int failures;
  private boolean onlyRefused;
  private long first;
  private @Nullable Throwable lastCause;

  /**
   * @param maxOutage how long they may go on
   * @param firstAnswerLimit how long while the target has never answered; the shorter of the two
   *     holds
   */
  FailureStreak(Duration maxOutage, Duration firstAnswerLimit) {
    this.maxOutage = maxOutage;
    this.firstAnswerLimit = firstAnswerLimit;
  }

  void end() {
    answered = true;
    failures = 0;
  }

  void add(CallFailure failure, Throwable cause, long now) {
    answered |= failure.answered();
    if (failures++ == 0) {
      first = now;
      onlyRefused = true;
    }
    onlyRefused &= failure.kind() == CallFailure.Kind.REFUSED;
    lastCause = cause;
  }

  boolean isOutage() {
    return failures >= FAILURES || (onlyRefused && failures >= REFUSALS);
  }

  /** True if they are enough to give up by, once the deadline has passed. */
  boolean isRepeated() {
    return failures >= REFUSALS;
  }

  /** Until when they may go on. */
  long deadline() {
    long most = Ticks.nanos(maxOutage);
    return first + (answered ? most : Math.min(most, Ticks.nanos(firstAnswerLimit)));
  }

  /** How long they have gone on. */
  Duration lasting(long now) {
    return Duration.ofNanos(now - first);
  }

  /** The last of them; null before the first. */
  @Nullable Throwable lastCause() {
    return lastCause;
  }

  /** The message when the deadline has passed. */
  String pastDeadline(long now) {
    String answer = answered ? "has not answered as it should" : "cannot be reached";
    return "The API "
        + answer
        + " for "
        + lasting(now).toSeconds()
        + " s. Check the network"
        + (answered
            ? " and Cloudflare's status page, then run again"
            : " and what leads to it, then run again");
  }

  /** The message when the API asks to wait until after the deadline. */
  String asksTooLong(Duration retryAfter) {
    return "The API asks to wait "
        + retryAfter.toSeconds()
        + " s, longer than an outage may last ("
        + maxOutage.toSeconds()
        + " s). Run again later";
  }
}
