package io.sluice.plan;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Records one after the other in a file that only its owner can read and that has no name, so that
 * nothing is left of it after a crash. Blocking; once written, safe for several threads.
 */
final class Spool implements Closeable {
  /** Bounds the direct buffer that the JDK keeps for every thread that reads or writes. */
  private static final int LARGEST_TRANSFER = 256 * 1024;

  private final FileChannel channel;
  private long[] starts = new long[64];
  private int size;

  Spool(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, ".account.jsonl.", "");
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
  }

  /** How many records there are. */
  int size() {
    return size;
  }

  /** Notes that the record which begins behind the last one has so many bytes. */
  void note(int length) {
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, size + (size >> 1));
    }
    starts[size + 1] = starts[size] + length;
    size++;
  }

  void append(byte[] bytes, int from, int to) throws IOException {
    for (int start = from; start < to; start += LARGEST_TRANSFER) {
      ByteBuffer part = ByteBuffer.wrap(bytes, start, Math.min(LARGEST_TRANSFER, to - start));
      while (part.hasRemaining()) {
        channel.write(part);
      }
    }
  }

  /** No more records come. */
  void trim() {
    starts = Arrays.copyOf(starts, size + 1);
  }

  byte[] read(int ordinal) throws IOException {
    byte[] record = new byte[(int) (starts[ordinal + 1] - starts[ordinal])];
    int done = 0;
    while (done < record.length) {
      int length = Math.min(LARGEST_TRANSFER, record.length - done);
      int read = channel.read(ByteBuffer.wrap(record, done, length), starts[ordinal] + done);
      if (read < 0) {
        throw new EOFException("the account's spooled listing was cut short");
      }
      done += read;
    }
    return record;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
