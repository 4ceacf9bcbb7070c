package io.sluice.format.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Splits bytes at newlines without decoding them. Blocking; memory is that of the longest line. A
 * file may still grow while it is read.
 */
public final class LineReader implements Closeable {
  private static final int FIRST = 64 * 1024;
  private final InputStream in;
  private final int limit;
  private final boolean quotes;
  private byte[] buffer = new byte[FIRST];
  private long base;
  private int start;
  private int end;
  private int lineEnd = -1;
  private boolean ended;
  private boolean quoted;
  private long line;

  private LineReader(InputStream in, int limit, long from, boolean quotes) {
    this.in = in;
    this.limit = limit;
    this.base = from;
    this.quotes = quotes;
  }

  /**
   * The lines of a stream.
   *
   * @param limit the longest line that is taken, in bytes
   */
  public LineReader(InputStream in, int limit) {
    this(in, limit, 0, false);
  }

  /**
   * The lines of a file from that offset on, at which a line begins; it may be beyond the end.
   *
   * @param limit the longest line that is taken, in bytes
   */
  public static LineReader of(Path file, long from, int limit) throws IOException {
    return new LineReader(stream(file, from), limit, from, false);
  }

  /**
   * The records of a CSV file from that offset on, at which one begins: newlines in double quotes
   * are part of them.
   *
   * @param limit the longest record that is taken, in bytes
   */
  public static LineReader ofCsv(Path file, long from, int limit) throws IOException {
    return new LineReader(stream(file, from), limit, from, true);
  }

  /**
   * True if a line of the file begins at that offset, or may begin there once the file goes on;
   * false if there is no such file. Blocking.
   */
  public static boolean begins(Path file, long offset) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    } else if (offset == 0) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.read(last, offset - 1) == 1 && last.get(0) == '\n';
    }
  }

  private static InputStream stream(Path file, long from) throws IOException {
    return Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ).position(from));
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the stream
   * @throws IOException if the line is too long
   */
  public boolean next() throws IOException {
    start = Math.min(end, lineEnd + 1);
    line++;
    quoted = false;
    int scanned = start;
    while (true) {
      lineEnd = quotes ? newlineOutsideQuotes(scanned) : newline(scanned);
      ended = lineEnd >= 0;
      if (ended) {
        return within(lineEnd - start);
      }
      int had = end - start;
      within(had);
      if (!fill()) {
        lineEnd = end;
        return had > 0;
      }
      scanned = start + had;
    }
  }

  /**
   * Goes to the next line that a newline ends. False at the end of what is there now; called again
   * later, it goes on from there.
   */
  public boolean nextEnded() throws IOException {
    if (next() && ended) {
      return true;
    }
    line--;
    lineEnd = start - 1;
    return false;
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

  /** True if a newline ends the current line; only the last can lack it. */
  public boolean ended() {
    return ended;
  }

  /** The number of the current line, from 1. */
  public long line() {
    return line;
  }

  /** Where the current line begins in the file. */
  public long offset() {
    return base + start;
  }

  /** Where the line after the current one begins in the file. */
  public long after() {
    return base + lineEnd + 1;
  }

  /** How many bytes are behind the last line that is ended, once there is no next one. */
  public long rest() {
    return (long) end - start;
  }

  /** A loop of its own: with a look at quotes in it, it takes five times as long. */
  private int newline(int from) {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private int newlineOutsideQuotes(int from) {
    for (int i = from; i < end; i++) {
      quoted ^= buffer[i] == '"';
      if (buffer[i] == '\n' && !quoted) {
        return i;
      }
    }
    return -1;
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
      base += start;
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

  @Override
  public void close() throws IOException {
    in.close();
  }
}
