package io.sluice.sandbox.data;

import io.sluice.hash.Hash64;
import io.sluice.hash.LongTable;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the block of a record by a 64-bit hash of its id or natural key. Open addressing, 12 bytes
 * a slot; the same hash may be there several times. Two different texts with one hash do not occur
 * at the sizes in question (one chance in ten million at two million records).
 */
public final class HashIndex {
  private static final Hash64 HASH = Hash64.keyed(0);

  private LongTable hashes = LongTable.of(64);
  private @Nullable Block[] blocks = new Block[64];
  private int size;

  /** The hash of a text, the same in every process. */
  public static long hash(String text) {
    return HASH.of(text);
  }

  /** Makes room for {@code more} entries at once. */
  void reserve(int more) {
    int capacity = hashes.capacity();
    while (LongTable.isFull((long) size + more, capacity)) {
      capacity *= 2;
    }
    if (capacity > hashes.capacity()) {
      resize(capacity);
    }
  }

  void put(long hash, Block block) {
    reserve(1);
    int place = hashes.free(hash);
    hashes.put(place, hash);
    blocks[place] = block;
    size++;
  }

  /** A block that has a record with this hash, or null. */
  @Nullable Block find(long hash) {
    return blocks[hashes.place(hash)];
  }

  /** Every block that has a record with this hash. */
  Set<Block> all(long hash) {
    Set<Block> found = new LinkedHashSet<>();
    int place = hashes.place(hash);
    for (Block block = blocks[place]; block != null; block = blocks[place]) {
      found.add(block);
      place = hashes.next(place, hash);
    }
    return found;
  }

  /** Forgets one entry of this hash and block. */
  void remove(long hash, Block block) {
    int hole = hashes.place(hash);
    while (blocks[hole] != block) {
      if (blocks[hole] == null) {
        return;
      }
      hole = hashes.next(hole, hash);
    }
    size--;
    for (int from = hashes.successor(hole); from != hole; from = hashes.successor(hole)) {
      hashes.put(hole, hashes.at(from));
      blocks[hole] = blocks[from];
      hole = from;
    }
    hashes.put(hole, 0);
    blocks[hole] = null;
  }

  private void resize(int capacity) {
    LongTable oldHashes = hashes;
    @Nullable Block[] oldBlocks = blocks;
    hashes = LongTable.of(capacity);
    blocks = new Block[capacity];
    for (int i = 0; i < oldBlocks.length; i++) {
      if (oldBlocks[i] != null) {
        int place = hashes.free(oldHashes.at(i));
        hashes.put(place, oldHashes.at(i));
        blocks[place] = oldBlocks[i];
      }
    }
  }
}
