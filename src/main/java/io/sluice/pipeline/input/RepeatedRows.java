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
  private int size;

  /** What is known of a row's identity. */
  sealed interface Finding {}

  /** No other row has this identity, or this row is the first of several that say the same. */
  record Alone() implements Finding {}

  /** An earlier row says the same. */
  record Repeats(long firstRow) implements Finding {}

  /** Other rows of this identity say otherwise. */
  record Contradicted(long firstRow) implements Finding {}

  /** Notes a row whose identity repeats; rows come in the order of the file. */
  void note(long identity, long content, long row) {
    if (3L * (size + 1) >= 2L * identities.length) {
      grow();
    }
    int slot = slot(identities, firstRows, identity);
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
    long first = firstRows[slot(identities, firstRows, identity)];
    if (first < 0) {
      return new Contradicted(-first);
    }
    return first == 0 || first == row ? ALONE : new Repeats(first);
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
    identities = new long[oldIdentities.length * 2];
    contents = new long[identities.length];
    firstRows = new long[identities.length];
    for (int i = 0; i < oldIdentities.length; i++) {
      if (oldFirstRows[i] != 0) {
        int slot = slot(identities, firstRows, oldIdentities[i]);
        identities[slot] = oldIdentities[i];
        contents[slot] = oldContents[i];
        firstRows[slot] = oldFirstRows[i];
      }
    }
  }
}
