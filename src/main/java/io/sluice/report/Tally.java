package io.sluice.report;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts the outcomes of a run while it runs, a mirror's deletes apart from the rows of the input.
 * Thread-safe.
 */
public final class Tally {
  private final Map<Outcome, Long> rows = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Long> deletes = new EnumMap<>(Outcome.class);

  /** Counts a row that has its outcome. Each row is to be counted once. */
  public synchronized void add(RowResult result) {
    (result.withoutRow() ? deletes : rows).merge(result.outcome(), 1L, Long::sum);
  }

  /** The rows of the input so far, as they were at one moment. */
  public synchronized Counts rows() {
    return new Counts(rows);
  }

  /** A mirror's deletes so far, as they were at one moment. */
  public synchronized Counts deletes() {
    return new Counts(deletes);
  }
}
