package io.sluice.report.journal;

import io.sluice.report.RowResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last state of every row, and where the journal tells it: eight bytes a row; only a mirror's
 * deletes are kept by their ids. Not safe for use by several threads.
 */
final class RowStates {
  private final RowMarks rows = new RowMarks();
  private final Map<String, Long> deletes = new LinkedHashMap<>();
  private long unsettled;

  /** The mark of a row; 0 if there is none. */
  long row(long row) {
    return rows.get(row);
  }

  /** The mark of a delete without a row; 0 if there is none. */
  long delete(String id) {
    return deletes.getOrDefault(id, 0L);
  }

  /** The marks of a mirror's deletes by the records' ids, in the order of their first mention. */
  Map<String, Long> deletes() {
    return deletes;
  }

  /** True if no row, and no delete without one, may have a call of which nothing was heard. */
  boolean settled() {
    return unsettled == 0;
  }

  /**
   * Notes what a line says.
   *
   * @param offset where the line begins
   * @throws IllegalArgumentException if it names neither row nor record
   */
  void take(JournalEntry entry, long offset) {
    if (entry instanceof JournalEntry.Intent intent) {
      long mark = Mark.intended(intent.action(), offset);
      intent.rows().forEach(row -> set(row, mark));
      intent.ids().forEach(id -> set(id, mark));
    } else if (entry instanceof JournalEntry.Result result) {
      finished(result.row(), offset);
    }
  }

  private void finished(RowResult result, long offset) {
    long mark = Mark.finished(result.outcome(), offset);
    if (!result.withoutRow()) {
      set(result.row(), mark);
    } else if (result.id() != null) {
      set(result.id(), mark);
    } else {
      throw new IllegalArgumentException("a result has neither row nor id");
    }
  }

  private void set(long row, long mark) {
    count(rows.get(row), mark);
    rows.set(row, mark);
  }

  private void set(String id, long mark) {
    count(delete(id), mark);
    deletes.put(id, mark);
  }

  private void count(long before, long now) {
    unsettled += (Mark.settled(now) ? 0 : 1) - (Mark.settled(before) ? 0 : 1);
  }
}
