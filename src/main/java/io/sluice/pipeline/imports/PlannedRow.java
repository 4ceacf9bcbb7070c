package io.sluice.pipeline.imports;

import io.sluice.pipeline.imports.apply.Change;
import io.sluice.plan.Step;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;

/** A row of the input, or a record without a row, and what is to be done about it. */
public sealed interface PlannedRow {
  /** An earlier process has finished it. */
  record Kept(long row, Outcome outcome) implements PlannedRow {}

  /** It has its outcome without any call. */
  record Told(RowResult result) implements PlannedRow {}

  /**
   * A call is to be made.
   *
   * @param step what the plan says, for people to look at
   */
  record Todo(Change change, Step step) implements PlannedRow {}
}
