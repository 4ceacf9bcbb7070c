package io.sluice.disk;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A set of 64-bit id fingerprints that grows with what is read: 16 bytes an id at most. Beyond
 * about a million ids it moves from the heap into a file that the operating system pages in and
 * out, so that the heap stays as it is. Not safe for use by several threads.
 */
public final class IdSet implements Closeable {
  private static final int FIRST = 1 << 12;

  /** The largest table on the heap: 8 MiB. */
  private static final int LARGEST_ON_HEAP = 1 << 20;

  private static final int LARGEST = 1 << 27;

  /** The largest table that is made because ids are announced: 32 MiB, for 2.8 million. */
  private static final int LARGEST_ANNOUNCED = 1 << 22;

  private final Path directory;
  private final int largestOnHeap;
  private LongBuffer table = LongBuffer.allocate(FIRST);
  private int mask = FIRST - 1;
  private long size;
  private boolean hasZero;

  /**
   * An empty set.
   *
   * @param directory where the file goes, if one is needed
   */
  public IdSet(Path directory) {
    this(directory, LARGEST_ON_HEAP);
  }

  /**
   * @param largestOnHeap how many places the table may have before it moves into a file
   */
  IdSet(Path directory, int largestOnHeap) {
    this.directory = directory;
    this.largestOnHeap = largestOnHeap;
  }

  /**
   * Makes room at once for as many ids as are announced, so that they need not move time and again.
   * An announcement need not be true: the room is limited, and the set grows beyond it as ever.
   *
   * @throws UncheckedIOException if the set must move to the disk and cannot
   */
  public void expect(long ids) {
    int capacity = mask + 1;
    while (capacity < LARGEST_ANNOUNCED && isFull(ids, capacity)) {
      capacity *= 2;
    }
    if (capacity > mask + 1) {
      move(capacity);
    }
  }

  /** Beyond two thirds, looking for a place takes long. */
  private static boolean isFull(long ids, int capacity) {
    return ids >= capacity * 2L / 3;
  }

  /**
   * Adds an id; false if it is there already.
   *
   * @throws UncheckedIOException if the set must move to the disk and cannot
   */
  public boolean add(long id) {
    if (id == 0) {
      boolean added = !hasZero;
      hasZero = true;
      size += added ? 1 : 0;
      return added;
    }
    if (isFull(size, mask + 1)) {
      grow();
    }
    boolean added = put(table, mask, id);
    size += added ? 1 : 0;
    return added;
  }

  /** True if the id has been added. */
  public boolean contains(long id) {
    if (id == 0) {
      return hasZero;
    }
    int slot = (int) (id ^ (id >>> 32)) & mask;
    while (table.get(slot) != 0) {
      if (table.get(slot) == id) {
        return true;
      }
      slot = (slot + 1) & mask;
    }
    return false;
  }

  /** How many different ids there are. */
  public long size() {
    return size;
  }

  private static boolean put(LongBuffer table, int mask, long id) {
    int slot = (int) (id ^ (id >>> 32)) & mask;
    while (true) {
      long there = table.get(slot);
      if (there == id) {
        return false;
      }
      if (there == 0) {
        table.put(slot, id);
        return true;
      }
      slot = (slot + 1) & mask;
    }
  }

  private void grow() {
    int capacity = (mask + 1) * 2;
    if (capacity > LARGEST) {
      throw new IllegalStateException("more than " + size + " ids in one set");
    }
    move(capacity);
  }

  private void move(int capacity) {
    LongBuffer larger =
        capacity <= largestOnHeap ? LongBuffer.allocate(capacity) : onDisk(capacity);
    for (int i = 0; i <= mask; i++) {
      long id = table.get(i);
      if (id != 0) {
        put(larger, capacity - 1, id);
      }
    }
    table = larger;
    mask = capacity - 1;
  }

  /** Maps a file that has no name any more, so that nothing is left of it after a crash. */
  private LongBuffer onDisk(int capacity) {
    try {
      Path file = Files.createTempFile(directory, ".ids-", ".tmp");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        fill(channel, 8L * capacity);
        ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8L * capacity);
        return mapped.order(ByteOrder.nativeOrder()).asLongBuffer();
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes the room on the disk now: writing to a mapped page later could not say "disk full". */
  private static void fill(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (long done = 0; done < bytes; done += channel.write(zeros)) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
    }
  }

  @Override
  public void close() {
    table = LongBuffer.allocate(0);
  }
}
