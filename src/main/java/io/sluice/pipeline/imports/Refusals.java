package io.sluice.pipeline.imports;

import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;

/** Reasons not to carry a plan out that lie outside the plan. */
public final class Refusals {
  private static final String OTHERS_STOPPED = "stopped";
  private static final String OTHERS_REFUSED = "others_refused";

  private Refusals() {}

  /** Somebody said no. */
  static Failure declined() {
    return new Failure(
        ExitCode.REFUSED, "declined", "the plan was not confirmed", "nothing was sent", 0, null);
  }

  static Failure interrupted() {
    return new Failure(ExitCode.INTERRUPTED, "interrupted", "interrupted", null, 0, null);
  }

  /** Another input of the run was refused. */
  static Failure because(Failure other) {
    return new Failure(
        other.exit(), OTHERS_REFUSED, "another part of this run was refused", null, 0, null);
  }

  /** Another input of the run was stopped. */
  static Failure because(ExitCode other) {
    return new Failure(
        other, OTHERS_STOPPED, "another part of this run was stopped", null, 0, null);
  }

  /** True if it only follows from what became of another input. */
  public static boolean follows(Failure failure) {
    return failure.code().equals(OTHERS_STOPPED) || failure.code().equals(OTHERS_REFUSED);
  }
}
