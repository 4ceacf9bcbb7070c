package io.sluice.report.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The complete lines of a file that may still grow, one after the other. Blocking; memory is that
 * of the longest line.
 */
public final class JournalLines implements Closeable {
  private static final int FIRST = 64 * 1024;
  private static final int LONGEST = 64 * 1024 * 1024;

  private final FileChannel channel;
  private byte[] buffer = new byte[FIRST];
  private int start;
  private int lineEnd = -1;
  private int end;
  private long base;

  /** The lines from that offset on, at which a line begins. */
  public JournalLines(Path file, long from) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.base = from;
  }

  /**
   * Goes to the next line that a newline ends. False at the end of what is there now; called again
   * later, it goes on from there.
   */
  public boolean next() throws IOException {
    start = lineEnd + 1;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          lineEnd = i;
          return true;
        }
      }
      int had = end - start;
      if (had > LONGEST) {
        throw new IOException("a line is longer than " + LONGEST + " bytes");
      }
      boolean filled = fill();
      scanned = start + had;
      if (!filled) {
        lineEnd = start - 1;
        return false;
      }
    }
  }

  /** The array that holds the current line. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the current line begins in the array. */
  public int start() {
    return start;
  }

  /** Where it ends in the array, before its newline. */
  public int end() {
    return lineEnd;
  }

  /** Where the current line begins in the file. */
  long offset() {
    return base + start;
  }

  /** Where the line after the current one begins in the file. */
  public long after() {
    return base + lineEnd + 1;
  }

  /** The bytes behind the last complete line, once there is no next one. */
  long rest() {
    return (long) end - start;
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      base += start;
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end), base + end);
    end += Math.max(0, read);
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
