package io.sluice.pipeline.imports.input;

import java.util.Arrays;

/**
 * The rows that the records belong to which are not the first of their row: eight bytes each. They
 * are numbered behind the rows, so that every record has a number of its own, and nearly all have
 * that of their row.
 */
public final class FurtherRecords {
  private long[] rows = new long[0];
  private int size;

  /** Adds the next such record, of that row. */
  public void add(long row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, size * 2));
    }
    rows[size++] = row;
  }

  long size() {
    return size;
  }

  /** The row of the record with that number among them, from 1. */
  public long row(long number) {
    return rows[Math.toIntExact(number - 1)];
  }
}
