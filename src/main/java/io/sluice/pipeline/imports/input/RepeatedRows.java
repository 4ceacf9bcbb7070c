package io.sluice.pipeline.imports.input;

import io.sluice.hash.LongTable;

/**
 * The rows that share their identity with others: for each identity the row that counts, and
 * whether they all say the same. Takes about 50 bytes for each identity that repeats, nothing for
 * others.
 */
final class RepeatedRows {
  /** What is known of a row whose identity no other row has. */
  static final Finding ALONE = new Alone();

  private final Duplicates policy;
  private LongTable identities = LongTable.of(64);
  private long[] contents = new long[64];

  /** The number of the row that counts; below zero if others contradict it. */
  private long[] rows = new long[64];

  private long[] lines = new long[64];
  private boolean[] shared = new boolean[64];
  private int size;

  /** What is known of a row's identity. */
  sealed interface Finding {}

  /** No other row has this identity, or this row is the one of several that counts. */
  record Alone() implements Finding {}

  /** Another row, which counts, says the same; others may say otherwise. */
  record Repeats(long line) implements Finding {}

  /** Other rows of this identity say otherwise, and none of them counts. */
  record Contradicted(long row, long line) implements Finding {}

  /** Other rows of this identity say otherwise, and another one than this counts. */
  record Superseded(long line) implements Finding {}

  /**
   * No rows yet.
   *
   * @param policy which of them counts where they contradict each other
   */
  RepeatedRows(Duplicates policy) {
    this.policy = policy;
  }

  /**
   * Notes a row whose identity repeats; rows come in the order of the file.
   *
   * @param row its number; several may begin on one line
   * @param line where it begins
   * @param several whether the row stands for other records, too. Such a row may be invalid because
   *     of another of them, so nothing is concluded from what it repeats: the plan sees to that
   */
  void note(long identity, long content, long row, long line, boolean several) {
    if (LongTable.isFull(size + 1L, identities.capacity())) {
      grow();
    }
    int slot = identities.place(key(identity));
    shared[slot] |= several;
    boolean fresh = rows[slot] == 0;
    boolean contradicts = !fresh && (rows[slot] < 0 || contents[slot] != content);
    if (fresh) {
      identities.put(slot, key(identity));
      size++;
    }
    if (fresh || policy == Duplicates.LAST) {
      rows[slot] = row;
      lines[slot] = line;
      contents[slot] = content;
    }
    rows[slot] = contradicts ? -Math.abs(rows[slot]) : Math.abs(rows[slot]);
  }

  /** What {@link #note} has learned about the row of that number, once all rows were noted. */
  Finding of(long identity, long content, long row) {
    int slot = identities.place(key(identity));
    long counts = Math.abs(rows[slot]);
    if (rows[slot] >= 0) {
      return counts == 0 || counts == row || shared[slot] ? ALONE : new Repeats(lines[slot]);
    } else if (policy == Duplicates.REFUSE || shared[slot]) {
      return new Contradicted(counts, lines[slot]);
    }
    if (counts == row) {
      return ALONE;
    }
    return contents[slot] == content ? new Repeats(lines[slot]) : new Superseded(lines[slot]);
  }

  /** An identity of 0 is as good as 1: it is as unlikely as any two that are the same. */
  private static long key(long identity) {
    return identity == 0 ? 1 : identity;
  }

  private void grow() {
    LongTable oldIdentities = identities;
    long[] oldContents = contents;
    long[] oldRows = rows;
    long[] oldLines = lines;
    boolean[] oldShared = shared;
    int capacity = oldIdentities.capacity() * 2;
    identities = LongTable.of(capacity);
    contents = new long[capacity];
    rows = new long[capacity];
    lines = new long[capacity];
    shared = new boolean[capacity];
    for (int i = 0; i < oldIdentities.capacity(); i++) {
      long identity = oldIdentities.at(i);
      if (identity != 0) {
        int slot = identities.place(identity);
        identities.put(slot, identity);
        contents[slot] = oldContents[i];
        rows[slot] = oldRows[i];
        lines[slot] = oldLines[i];
        shared[slot] = oldShared[i];
      }
    }
  }
}
