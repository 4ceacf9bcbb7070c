package io.sluice.plan;

import java.util.Arrays;

/**
 * The ordinals of records by a hash of theirs: up to 20 bytes a record. All hashes are added first,
 * in the order of the records, and then linked once; from then on safe for several threads.
 */
final class HashChains {
  /** Stands for a record that has nothing to be found by. */
  static final long NONE = 0;

  private long[] hashes = new long[64];
  private int size;
  private int[] heads = {-1};
  private int[] nexts = {};

  void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size + (size >> 1));
    }
    hashes[size++] = hash;
  }

  /** Makes what was added findable. */
  void link() {
    hashes = Arrays.copyOf(hashes, size);
    nexts = new int[size];
    heads = new int[Math.max(1, Integer.highestOneBit(Math.max(1, size - 1)) << 1)];
    Arrays.fill(heads, -1);
    // From the last to the first, so that a chain names records in the account's order.
    for (int i = size - 1; i >= 0; i--) {
      int slot = slot(hashes[i]);
      nexts[i] = heads[slot];
      heads[slot] = hashes[i] == NONE ? heads[slot] : i;
    }
  }

  /** The first record of that hash; -1 if there is none. */
  int first(long hash) {
    return seek(heads[slot(hash)], hash);
  }

  /** The next record of the same hash; -1 if there is none. */
  int next(int ordinal) {
    return seek(nexts[ordinal], hashes[ordinal]);
  }

  private int seek(int from, long hash) {
    int ordinal = from;
    while (ordinal >= 0 && hashes[ordinal] != hash) {
      ordinal = nexts[ordinal];
    }
    return ordinal;
  }

  private int slot(long hash) {
    return (int) (hash ^ (hash >>> 32)) & (heads.length - 1);
  }
}
