package io.sluice.flow.retry;

/** Which failed calls may be made again. */
public enum Repetition {
  /** Reads and idempotent writes: whatever is not final. */
  SAFE,
  /** Creates: only a call that surely was not processed. */
  ONLY_IF_UNPROCESSED;

  boolean allows(CallFailure.Kind kind) {
    return switch (kind) {
      case REFUSED, THROTTLED -> true;
      case UNANSWERED, SERVER_ERROR -> this == SAFE;
      case FINAL, BLOCKED -> false;
    };
  }
}
