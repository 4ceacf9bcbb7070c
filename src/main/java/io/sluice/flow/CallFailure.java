package io.sluice.flow;

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

  /** Whether the target answered at all, however wrongly. */
  default boolean answered() {
    return kind() != Kind.REFUSED && kind() != Kind.UNANSWERED;
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
    FINAL
  }
}
