package io.sluice.report.journal;

import io.sluice.report.Action;
import io.sluice.report.Outcome;
import java.util.List;

/** A row's state and the offset of the line that tells it, in one {@code long}; 0 is nothing. */
final class Mark {
  private static final int OFFSET_BITS = 56;
  private static final long OFFSET = (1L << OFFSET_BITS) - 1;
  private static final int FINISHED = 64;
  private static final RowState NOTHING = new RowState.Nothing();
  private static final List<Action> ACTIONS = List.of(Action.values());
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private Mark() {}

  static long intended(Action action, long offset) {
    return (1L + ACTIONS.indexOf(action)) << OFFSET_BITS | offset;
  }

  static long finished(Outcome outcome, long offset) {
    return ((long) FINISHED + OUTCOMES.indexOf(outcome)) << OFFSET_BITS | offset;
  }

  static RowState state(long mark) {
    int state = (int) (mark >>> OFFSET_BITS);
    if (state >= FINISHED) {
      return new RowState.Finished(OUTCOMES.get(state - FINISHED));
    }
    return state == 0 ? NOTHING : new RowState.Intended(ACTIONS.get(state - 1));
  }

  /** True if nothing was sent, or what came of it is known for good. */
  static boolean settled(long mark) {
    RowState state = state(mark);
    return state instanceof RowState.Finished finished
        ? finished.outcome() != Outcome.UNKNOWN && finished.outcome() != Outcome.UNPROCESSED
        : state instanceof RowState.Nothing;
  }

  /** Where the line begins that the state comes from. */
  static long offset(long mark) {
    return mark & OFFSET;
  }

  /** Where the result begins, or -1 if there is none. */
  static long resultOffset(long mark) {
    return mark >>> OFFSET_BITS >= FINISHED ? mark & OFFSET : -1;
  }
}
