package io.sluice.report.journal;

import io.sluice.report.Action;
import io.sluice.report.Outcome;

/** How far a row has come, as its journal says. */
public sealed interface RowState {

  /** The journal does not mention it: nothing was sent. */
  record Nothing() implements RowState {}

  /** It may have been sent; no result is known. */
  record Intended(Action action) implements RowState {}

  /** It has a result. */
  record Finished(Outcome outcome) implements RowState {}
}
