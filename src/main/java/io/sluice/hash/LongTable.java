package io.sluice.hash;

import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Places for 64-bit keys, such as hashes, in an array or in a buffer outside of the heap: a key
 * lies at the place that its bits name, or at the next one that is free (open addressing). Whoever
 * keeps something for each key keeps it in arrays of the same size, at the same places. A key is
 * not 0, which marks a free place. There is always a free place, or looking for a key would not
 * end. Not safe for use by several threads.
 */
public final class LongTable {
  private final long @Nullable [] array;
  private final @Nullable LongBuffer buffer;
  private final int mask;

  private LongTable(long @Nullable [] array, @Nullable LongBuffer buffer, int capacity) {
    this.array = array;
    this.buffer = buffer;
    this.mask = capacity - 1;
  }

  /**
   * An empty table on the heap.
   *
   * @param capacity how many places it has: a power of two
   */
  public static LongTable of(int capacity) {
    return new LongTable(new long[capacity], null, capacity);
  }

  /** The table in a buffer, whose size is a power of two and which holds zeros. */
  public static LongTable in(LongBuffer buffer) {
    return new LongTable(null, buffer, buffer.capacity());
  }

  /** How many places there are. */
  public int capacity() {
    return mask + 1;
  }

  /** True if the table is to grow before it takes more than so many keys: at two thirds. */
  public static boolean isFull(long keys, int capacity) {
    return keys >= capacity * 2L / 3;
  }

  /** The key at a place; 0 if it is free. */
  public long at(int place) {
    long[] keys = array;
    LongBuffer outside = buffer;
    return keys != null ? keys[place] : outside == null ? 0 : outside.get(place);
  }

  /** The first place of that key; if it has none, the free one that it would get. */
  public int place(long key) {
    return seek(home(key), key);
  }

  /** The next place of that key behind one that it has; if there is none, a free one. */
  public int next(int place, long key) {
    return seek((place + 1) & mask, key);
  }

  /** The next free place for that key, whether it has one or not. */
  public int free(long key) {
    return seek(home(key), 0);
  }

  /** Puts a key where {@link #place} or {@link #free} says. */
  public void put(int place, long key) {
    long[] keys = array;
    LongBuffer outside = buffer;
    if (keys != null) {
      keys[place] = key;
    } else if (outside != null) {
      outside.put(place, key);
    }
  }

  /**
   * The place of the next key that has to move to {@code hole}, so that it is still found once the
   * hole is free; the hole itself if there is none. Its own place is the next hole.
   */
  public int successor(int hole) {
    for (int place = (hole + 1) & mask; at(place) != 0; place = (place + 1) & mask) {
      int distance = (place - home(at(place))) & mask;
      if (distance >= ((place - hole) & mask)) {
        return place;
      }
    }
    return hole;
  }

  private int home(long key) {
    return (int) (key ^ (key >>> 32)) & mask;
  }

  private int seek(int from, long key) {
    int place = from;
    for (long there = at(place); there != key && there != 0; there = at(place)) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
