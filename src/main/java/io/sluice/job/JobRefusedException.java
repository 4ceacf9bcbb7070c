package io.sluice.job;

/** The state of the job does not allow the request. The message is for people. */
public final class JobRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  /**
   * @param code a short stable name of the reason
   */
  public JobRefusedException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** A short stable name of the reason. */
  public String code() {
    return code;
  }
}
