package io.sluice.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
  /** Differences were found, or a snapshot is not consistent that was made or imported. */
  DIFFERENT(8),
  /** A snapshot is not what its manifest says. */
  VERIFICATION_FAILED(9),
  /** Ended by Ctrl-C or SIGTERM. */
  INTERRUPTED(130);

  /** The ends of a run that got as far as its rows; the first that applies counts. */
  private static final List<ExitCode> FIRST_THAT_APPLIES =
      List.of(INTERRUPTED, NOT_PERMITTED, GAVE_UP, FATE_UNKNOWN, ROWS_FAILED, DIFFERENT);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the process ends with. */
  public int number() {
    return number;
  }

  /**
   * How a run ends that got as far as its rows.
   *
   * @param reasons what else applies: why it stopped early, what was found; an {@code OK} among
   *     them says nothing
   * @param rows what became of the rows
   * @param deletes what became of a mirror's deletes
   * @throws IllegalArgumentException if a reason is none that a run ends with
   */
  public static ExitCode ofRun(Set<ExitCode> reasons, Counts rows, Counts deletes) {
    Set<ExitCode> applying = EnumSet.noneOf(ExitCode.class);
    applying.addAll(reasons);
    applying.remove(OK);
    if (!FIRST_THAT_APPLIES.containsAll(applying)) {
      throw new IllegalArgumentException("a run does not end with " + applying);
    }
    for (Counts counts : List.of(rows, deletes)) {
      if (counts.of(Outcome.INVALID) + counts.of(Outcome.FAILED) > 0) {
        applying.add(ROWS_FAILED);
      }
      if (counts.of(Outcome.UNKNOWN) > 0) {
        applying.add(FATE_UNKNOWN);
      }
    }
    return FIRST_THAT_APPLIES.stream().filter(applying::contains).findFirst().orElse(OK);
  }
}
