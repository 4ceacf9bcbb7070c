package io.sluice.pipeline.imports.apply;

import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;

/**
 * The outcome of a row whose call an earlier process may have sent: planned again, it gets what the
 * call would have brought it.
 */
public final class ReplayedOutcome {
  private ReplayedOutcome() {}

  /** Asks whether the account holds just what the row says. */
  @FunctionalInterface
  public interface HeldAlike {
    boolean ask() throws IOException;
  }

  public static PlannedRow outcome(Action intended, PlannedRow planned, HeldAlike heldAlike)
      throws IOException {
    if (planned instanceof PlannedRow.Pending pending) {
      boolean halfDone = intended == Action.CREATE && pending.change().action() == Action.UPDATE;
      return halfDone
          ? new PlannedRow.Pending(pending.change().towards(Outcome.CREATED), pending.notes())
          : planned;
    } else if (planned instanceof PlannedRow.Settled settled) {
      RowResult result = settled.result();
      boolean unchanged = result.outcome() == Outcome.UNCHANGED;
      boolean skipped = result.outcome() == Outcome.SKIPPED;
      boolean exists = skipped && RowResult.EXISTS.equals(result.code()) && heldAlike.ask();
      if (intended == Action.CREATE && (unchanged || exists)) {
        return done(settled, Outcome.CREATED, intended);
      } else if (intended == Action.UPDATE && unchanged) {
        return done(settled, Outcome.UPDATED, intended);
      } else if (intended == Action.DELETE
          && skipped
          && RowResult.NOT_FOUND.equals(result.code())) {
        return done(settled, Outcome.DELETED, intended);
      }
    }
    return planned;
  }

  private static PlannedRow done(PlannedRow.Settled settled, Outcome outcome, Action action) {
    RowResult result = settled.result();
    return settled.with(
        RowResult.uncalled(
            result.row(), result.line(), outcome, action, result.id(), result.key()));
  }
}
