package io.sluice.pipeline.input;

/**
 * The rows that share their identity with others: for each identity the first such row, and whether
 * they all say the same. Takes about 40 bytes for each identity that repeats, nothing for others.
 */
final class RepeatedRows {
  /** What is known of a row whose identity no other row has. */
  static final Finding ALONE = new Alone();

  private long[] identities = new long[64];
  private long[] contents = new long[64];
  private long[] firstRows = new long[64];
  private boolean[] shared = new boolean[64];
  private int size;

  /** What is known of a row's identity. */
  sealed interface Finding {}

  /** No other row has this identity, or this row is the first of several that say the same. */
  record Alone() implements Finding {}

  /** An earlier row says the same. */
  record Repeats(long firstRow) implements Finding {}

  /** Other rows of this identity say otherwise. */
  record Contradicted(long firstRow) implements Finding {}

  /**
   * Notes a row whose identity repeats; rows come in the order of the file.
   *
   * @param several whether the row stands for other records, too. Such a row may be invalid because
   *     of another of them, so nothing is concluded from what it repeats: the plan sees to that
   */
  void note(long identity, long content, long row, boolean several) {
    if (3L * (size + 1) >= 2L * identities.length) {
      grow();
    }
    int slot = slot(identities, firstRows, identity);
    shared[slot] |= several;
    if (firstRows[slot] == 0) {
      identities[slot] = identity;
      contents[slot] = content;
      firstRows[slot] = row;
      size++;
    } else if (contents[slot] != content && firstRows[slot] > 0) {
      firstRows[slot] = -firstRows[slot];
    }
  }

  /** What {@link #note} has learned about the row, once all rows were noted. */
  Finding of(long identity, long row) {
    int slot = slot(identities, firstRows, identity);
    long first = firstRows[slot];
    if (first < 0) {
      return new Contradicted(-first);
    }
    return first == 0 || first == row || shared[slot] ? ALONE : new Repeats(first);
  }

  private static int slot(long[] identities, long[] firstRows, long identity) {
    int mask = identities.length - 1;
    int slot = (int) (identity ^ (identity >>> 32)) & mask;
    while (firstRows[slot] != 0 && identities[slot] != identity) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldIdentities = identities;
    long[] oldContents = contents;
    long[] oldFirstRows = firstRows;
    boolean[] oldShared = shared;
    identities = new long[oldIdentities.length * 2];
    contents = new long[identities.length];
    firstRows = new long[identities.length];
    shared = new boolean[identities.length];
    for (int i = 0; i < oldIdentities.length; i++) {
      if (oldFirstRows[i] != 0) {
        int slot = slot(identities, firstRows, oldIdentities[i]);
        identities[slot] = oldIdentities[i];
        contents[slot] = oldContents[i];
        firstRows[slot] = oldFirstRows[i];
        shared[slot] = oldShared[i];
      }
    }
  }
}
