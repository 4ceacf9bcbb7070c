package io.sluice.report;

/** How a run ended, as scripts see it. */
public enum ExitCode {
  /** All well. */
  OK(0),
  /** An unexpected error, a full disk, any other failure of input or output. */
  UNEXPECTED(1),
  /** Wrong usage or configuration; found before anything was done. */
  USAGE(2),
  /** Finished, but some rows are invalid or failed. */
  ROWS_FAILED(3),
  /** The input is invalid or the plan was refused; nothing was sent. */
  REFUSED(4),
  /** Not authenticated, not permitted or not entitled. */
  NOT_PERMITTED(5),
  /** Gave up on an outage or on the quota. */
  GAVE_UP(6),
  /** Finished, but what became of some rows is unknown. */
  FATE_UNKNOWN(7),
  /** Differences were found, or a snapshot could not be made consistent. */
  DIFFERENT(8),
  /** A snapshot is not what its manifest says. */
  VERIFICATION_FAILED(9),
  /** Ended by Ctrl-C or SIGTERM. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the process ends with. */
  public int number() {
    return number;
  }
}
