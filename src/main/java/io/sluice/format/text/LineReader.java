package io.sluice.format.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream at newlines without decoding it. Blocking; memory is that of the longest line.
 */
public final class LineReader {
  private static final int FIRST = 64 * 1024;
  private final InputStream in;
  private final int limit;
  private byte[] buffer = new byte[FIRST];
  private int start;
  private int end;
  private int lineEnd;
  private boolean ended;
  private long line;

  /**
   * @param limit the longest line that is taken, in bytes
   */
  public LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the stream
   * @throws IOException if the line is too long
   */
  public boolean next() throws IOException {
    start = line == 0 ? 0 : Math.min(end, lineEnd + 1);
    line++;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          lineEnd = i;
          ended = true;
          return within(i - start);
        }
      }
      int had = end - start;
      within(had);
      if (!fill()) {
        lineEnd = end;
        ended = false;
        return had > 0;
      }
      scanned = start + had;
    }
  }

  /** The array that holds the current line. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the current line begins. */
  public int start() {
    return start;
  }

  /** Where it ends, before its newline. */
  public int end() {
    return lineEnd;
  }

  /** Whether a newline ends the current line; only the last can lack it. */
  public boolean ended() {
    return ended;
  }

  /** The number of the current line, from 1. */
  public long line() {
    return line;
  }

  private boolean within(int length) throws IOException {
    if (length > limit) {
      throw new IOException("line " + line + " is longer than " + limit + " bytes");
    }
    return true;
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, read);
    return read > 0;
  }
}
