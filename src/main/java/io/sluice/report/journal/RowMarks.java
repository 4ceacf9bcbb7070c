package io.sluice.report.journal;

import java.util.Arrays;

/**
 * The last {@link Mark} of every row: eight bytes a row, in chunks that are made when a row of
 * theirs is mentioned.
 */
final class RowMarks {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final long MOST = (long) CHUNK << 15;
  private static final long[] EMPTY = new long[0];

  private long[][] chunks = new long[0][];

  long get(long row) {
    int chunk = chunkOf(row);
    return chunk < chunks.length && chunks[chunk].length > 0
        ? chunks[chunk][(int) (row & (CHUNK - 1))]
        : 0;
  }

  void set(long row, long mark) {
    int chunk = chunkOf(row);
    if (chunk >= chunks.length) {
      int had = chunks.length;
      chunks = Arrays.copyOf(chunks, Math.max(chunk + 1, had + had / 2));
      Arrays.fill(chunks, had, chunks.length, EMPTY);
    }
    if (chunks[chunk].length == 0) {
      chunks[chunk] = new long[CHUNK];
    }
    chunks[chunk][(int) (row & (CHUNK - 1))] = mark;
  }

  private static int chunkOf(long row) {
    if (row < 1 || row >= MOST) {
      throw new IllegalArgumentException("there is no row " + row);
    }
    return (int) (row >>> CHUNK_BITS);
  }
}
