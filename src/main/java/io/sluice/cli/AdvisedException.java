package io.sluice.cli;

/** What ended a command, with a word on what to do now. */
public final class AdvisedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String advice;

  public AdvisedException(RuntimeException cause, String advice) {
    super(cause);
    this.advice = advice;
  }

  /** What ended it. */
  Throwable reason() {
    Throwable cause = getCause();
    return cause == null ? this : cause;
  }

  /** What to do now. */
  String advice() {
    return advice;
  }
}
