package io.sluice.pipeline.imports;

import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.results.RowNotes;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record of a row of the input, or one without a row, and what is to be done about it. */
public sealed interface PlannedRow {
  /**
   * Its number among all records, which is that of its row for the first of a row; 0 if no row
   * names it.
   */
  long number();

  /** What a report says of its row besides the result. */
  RowNotes notes();

  /** Planned rows, one by one; null when there are no more. For one thread at a time. */
  @FunctionalInterface
  interface Rows {
    @Nullable PlannedRow next() throws IOException;
  }

  /** An earlier process has finished it. */
  record Kept(long number, Outcome outcome, RowNotes notes) implements PlannedRow {}

  /**
   * It has its outcome without any call.
   *
   * @param byInput whether the input alone gives it that outcome, whatever the account holds
   */
  record Settled(RowResult result, boolean byInput, RowNotes notes) implements PlannedRow {
    @Override
    public long number() {
      return result.row();
    }

    /** The same with another result, which an earlier process brought about. */
    public Settled with(RowResult other) {
      return new Settled(other, byInput, notes);
    }
  }

  /** A call is to be made. */
  record Pending(Change change, RowNotes notes) implements PlannedRow {
    @Override
    public long number() {
      return change.row();
    }

    /** The same, settled since nothing is sent. */
    Settled unsent(String code, String message) {
      RowResult result = change.result(Outcome.UNPROCESSED, change.id());
      return new Settled(result.because(code, null, message), false, notes);
    }
  }
}
