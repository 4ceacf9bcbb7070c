package io.sluice.sandbox.data;

import io.sluice.hash.Hash64;
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

  private long[] hashes = new long[64];
  private @Nullable Block[] blocks = new Block[64];
  private int size;

  /** The hash of a text, the same in every process. */
  public static long hash(String text) {
    return HASH.of(text);
  }

  /** Makes room for {@code more} entries at once. */
  void reserve(int more) {
    int capacity = hashes.length;
    while ((long) (size + more) * 4 > (long) capacity * 3) {
      capacity *= 2;
    }
    if (capacity > hashes.length) {
      resize(capacity);
    }
  }

  void put(long hash, Block block) {
    reserve(1);
    int slot = slot(hash);
    while (blocks[slot] != null) {
      slot = next(slot);
    }
    hashes[slot] = hash;
    blocks[slot] = block;
    size++;
  }

  /** A block that has a record with this hash, or null. */
  @Nullable Block find(long hash) {
    for (int slot = slot(hash); blocks[slot] != null; slot = next(slot)) {
      if (hashes[slot] == hash) {
        return blocks[slot];
      }
    }
    return null;
  }

  /** Every block that has a record with this hash. */
  Set<Block> all(long hash) {
    Set<Block> found = new LinkedHashSet<>();
    for (int slot = slot(hash); ; slot = next(slot)) {
      Block block = blocks[slot];
      if (block == null) {
        return found;
      } else if (hashes[slot] == hash) {
        found.add(block);
      }
    }
  }

  /** Forgets one entry of this hash and block. */
  void remove(long hash, Block block) {
    int hole = slot(hash);
    while (hashes[hole] != hash || blocks[hole] != block) {
      if (blocks[hole] == null) {
        return;
      }
      hole = next(hole);
    }
    size--;
    for (int slot = next(hole); blocks[slot] != null; slot = next(slot)) {
      int home = slot(hashes[slot]);
      boolean between = hole <= slot ? hole < home && home <= slot : hole < home || home <= slot;
      if (!between) {
        hashes[hole] = hashes[slot];
        blocks[hole] = blocks[slot];
        hole = slot;
      }
    }
    blocks[hole] = null;
  }

  private int slot(long hash) {
    return (int) (hash & (hashes.length - 1));
  }

  private int next(int slot) {
    return (slot + 1) & (hashes.length - 1);
  }

  private void resize(int capacity) {
    long[] oldHashes = hashes;
    @Nullable Block[] oldBlocks = blocks;
    hashes = new long[capacity];
    blocks = new Block[capacity];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldBlocks[i] != null) {
        int slot = slot(oldHashes[i]);
        while (blocks[slot] != null) {
          slot = next(slot);
        }
        hashes[slot] = oldHashes[i];
        blocks[slot] = oldBlocks[i];
      }
    }
  }
}
