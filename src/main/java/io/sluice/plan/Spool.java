package io.sluice.plan;

import io.sluice.disk.ScratchFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Records one after the other in a scratch file. Blocking; once written, safe for several threads.
 */
final class Spool implements Closeable {
  private final ScratchFile file;
  private long[] starts = new long[64];
  private int size;

  Spool(Path directory) throws IOException {
    file = new ScratchFile(directory);
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
    file.append(bytes, from, to);
  }

  /** No more records come. */
  void trim() {
    starts = Arrays.copyOf(starts, size + 1);
  }

  byte[] read(int ordinal) throws IOException {
    return file.read(starts[ordinal], (int) (starts[ordinal + 1] - starts[ordinal]));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
