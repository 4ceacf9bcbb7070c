package io.sluice.disk;

import io.sluice.hash.LongTable;
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

  /** The largest table on the heap: 16 MiB, for 1.4 million ids, which leaves a heap of 64 MiB. */
  private static final int LARGEST_ON_HEAP = 1 << 21;

  private static final int LARGEST = 1 << 27;

  private final Path directory;
  private final int largestOnHeap;
  private LongTable table = LongTable.of(FIRST);
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
   * An announcement need not be true: it moves nothing to the disk, and the set grows as ever.
   */
  public void expect(long ids) {
    int capacity = table.capacity();
    while (capacity < largestOnHeap && LongTable.isFull(ids, capacity)) {
      capacity *= 2;
    }
    if (capacity > table.capacity()) {
      move(capacity);
    }
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
    if (LongTable.isFull(size, table.capacity())) {
      grow();
    }
    int place = table.place(id);
    if (table.at(place) == id) {
      return false;
    }
    table.put(place, id);
    size++;
    return true;
  }

  /** True if the id has been added. */
  public boolean contains(long id) {
    return id == 0 ? hasZero : table.at(table.place(id)) == id;
  }

  /** How many different ids there are. */
  public long size() {
    return size;
  }

  private void grow() {
    int capacity = table.capacity() * 2;
    if (capacity > LARGEST) {
      throw new IllegalStateException("more than " + size + " ids in one set");
    }
    move(capacity);
  }

  private void move(int capacity) {
    LongTable larger =
        capacity <= largestOnHeap ? LongTable.of(capacity) : LongTable.in(onDisk(capacity));
    for (int i = 0; i < table.capacity(); i++) {
      long id = table.at(i);
      if (id != 0) {
        larger.put(larger.place(id), id);
      }
    }
    table = larger;
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
    table = LongTable.of(1);
  }
}
