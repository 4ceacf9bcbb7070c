package io.sluice.pipeline.insight.history;

import io.sluice.disk.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The lines of a file by 128 bits of their SHA-256, in order: 24 to 32 bytes a line. Lines of the
 * same digest are the same line for every purpose.
 */
final class LineTable {
  private final MessageDigest digest = Sha256.begin();
  private long[] first = new long[1024];
  private long[] second = new long[1024];
  private int[] slots = new int[2048];
  private int size;
  private boolean repeated;

  void add(byte[] line) {
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest(line));
    if (size == first.length) {
      grow();
    }
    first[size] = bytes.getLong();
    second[size] = bytes.getLong();
    size++;
    repeated |= !link(size - 1);
  }

  int size() {
    return size;
  }

  /** True if a line is there twice. */
  boolean repeats() {
    return repeated;
  }

  /** True if this table has the other one's line at that place. */
  boolean hasLineOf(LineTable other, int place) {
    return find(other.first[place], other.second[place]) >= 0;
  }

  private int find(long one, long two) {
    int slot = slot(one);
    while (slots[slot] != 0) {
      int at = slots[slot] - 1;
      if (first[at] == one && second[at] == two) {
        return at;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** False if such a line is there already. */
  private boolean link(int at) {
    if (find(first[at], second[at]) >= 0) {
      return false;
    }
    int slot = slot(first[at]);
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = at + 1;
    return true;
  }

  private int slot(long one) {
    return (int) one & (slots.length - 1);
  }

  private void grow() {
    first = Arrays.copyOf(first, size * 2);
    second = Arrays.copyOf(second, size * 2);
    slots = new int[size * 4];
    for (int i = 0; i < size; i++) {
      link(i);
    }
  }
}
