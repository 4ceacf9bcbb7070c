package io.sluice.flow.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a call failed, as far as whether to repeat it goes. Exceptions implement this. */
public interface CallFailure {
  /** What is known about the failed call. */
  Kind kind();

  /** How long the answer asked to wait before the next call; null if it did not say. */
  default @Nullable Duration retryAfter() {
    return null;
  }

  /** True if the target answered at all, however wrongly. */
  default boolean answered() {
    return kind() == Kind.SERVER_ERROR || kind() == Kind.THROTTLED || kind() == Kind.FINAL;
  }

  /** What a failed call may have done. */
  enum Kind {
    /** Surely not processed: connection refused, unknown host, connect timeout. */
    REFUSED,
    /** May have been processed: reset, timeout, broken or unreadable answer. */
    UNANSWERED,
    /** An answer that may have been given after processing: 5xx, 408. */
    SERVER_ERROR,
    /** Not processed: 429. */
    THROTTLED,
    /** An answer to believe: 4xx. */
    FINAL,
    /**
     * Surely not processed, and no later call would be: what stands in the way does not go away by
     * waiting, such as a proxy that refuses the password.
     */
    BLOCKED;

    /** True if the call is settled: it was not carried out, and repeating it is of no use. */
    public boolean settled() {
      return this == FINAL || this == BLOCKED;
    }
  }
}
