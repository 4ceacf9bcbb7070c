package io.sluice.sandbox.data;

import java.util.Arrays;

/**
 * Neighbouring records of a {@link Store}, as one array of bytes in which a comma follows each
 * record, so that a page of a listing is a slice of it. Bytes once served are never overwritten: an
 * append writes behind them, everything else makes a new array.
 */
final class Block {
  /** How many records a block is filled with; insertions may take it up to twice that. */
  static final int SIZE = 256;

  private byte[] bytes = new byte[0];
  private int[] ends;
  private long[] ids;
  private long[] keys;
  private int count;

  Block() {
    this(16);
  }

  private Block(int capacity) {
    ends = new int[capacity];
    ids = new long[capacity];
    keys = new long[capacity];
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where record {@code index} begins in {@link #bytes()}. */
  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** Where record {@code index} ends in {@link #bytes()}, its comma left out. */
  int end(int index) {
    return ends[index] - 1;
  }

  byte[] record(int index) {
    return Arrays.copyOfRange(bytes, start(index), end(index));
  }

  long id(int index) {
    return ids[index];
  }

  long key(int index) {
    return keys[index];
  }

  /** The index of the record whose id hashes to {@code id}, or -1. */
  int indexOfId(long id) {
    for (int i = 0; i < count; i++) {
      if (ids[i] == id) {
        return i;
      }
    }
    return -1;
  }

  /** Puts a row before record {@code index}, or behind the last one. */
  void insert(int index, Row row) {
    if (count == ids.length) {
      int capacity = Math.max(count * 2, 16);
      ends = Arrays.copyOf(ends, capacity);
      ids = Arrays.copyOf(ids, capacity);
      keys = Arrays.copyOf(keys, capacity);
    }
    int at = start(index);
    int length = row.bytes().length + 1;
    if (index == count) {
      append(at, row.bytes());
    } else {
      splice(at, at, row.bytes());
      System.arraycopy(ends, index, ends, index + 1, count - index);
      System.arraycopy(ids, index, ids, index + 1, count - index);
      System.arraycopy(keys, index, keys, index + 1, count - index);
    }
    ids[index] = row.id();
    keys[index] = row.key();
    ends[index] = at;
    count++;
    shift(index, length);
  }

  void replace(int index, Row row) {
    int before = ends[index] - start(index);
    splice(start(index), ends[index], row.bytes());
    ids[index] = row.id();
    keys[index] = row.key();
    shift(index, row.bytes().length + 1 - before);
  }

  void remove(int index) {
    int from = start(index);
    int length = ends[index] - from;
    byte[] shorter = new byte[used() - length];
    System.arraycopy(bytes, 0, shorter, 0, from);
    System.arraycopy(bytes, from + length, shorter, from, shorter.length - from);
    bytes = shorter;
    System.arraycopy(ends, index + 1, ends, index, count - index - 1);
    System.arraycopy(ids, index + 1, ids, index, count - index - 1);
    System.arraycopy(keys, index + 1, keys, index, count - index - 1);
    count--;
    shift(index, -length);
  }

  /** Moves the upper half into a new block. */
  Block split() {
    int half = count / 2;
    int cut = start(half);
    Block upper = new Block(count - half);
    upper.bytes = Arrays.copyOfRange(bytes, cut, used());
    upper.count = count - half;
    System.arraycopy(ends, half, upper.ends, 0, upper.count);
    System.arraycopy(ids, half, upper.ids, 0, upper.count);
    System.arraycopy(keys, half, upper.keys, 0, upper.count);
    upper.shift(0, -cut);
    count = half;
    trim();
    return upper;
  }

  /** Gives back what the arrays hold beyond the records. */
  void trim() {
    bytes = Arrays.copyOf(bytes, used());
    ends = Arrays.copyOf(ends, count);
    ids = Arrays.copyOf(ids, count);
    keys = Arrays.copyOf(keys, count);
  }

  private int used() {
    return count == 0 ? 0 : ends[count - 1];
  }

  private void append(int at, byte[] record) {
    int needed = at + record.length + 1;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
    System.arraycopy(record, 0, bytes, at, record.length);
    bytes[needed - 1] = ',';
  }

  private void splice(int from, int to, byte[] record) {
    int used = used();
    byte[] changed = new byte[used - (to - from) + record.length + 1];
    System.arraycopy(bytes, 0, changed, 0, from);
    System.arraycopy(record, 0, changed, from, record.length);
    changed[from + record.length] = ',';
    System.arraycopy(bytes, to, changed, from + record.length + 1, used - to);
    bytes = changed;
  }

  private void shift(int from, int by) {
    for (int i = from; i < count; i++) {
      ends[i] += by;
    }
  }
}
