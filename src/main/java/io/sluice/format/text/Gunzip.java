package io.sluice.format.text;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip members, one or several (RFC 1952). Unlike the JDK's stream it takes every
 * member whether or not more input is known to wait, notices when a later one is cut off in its
 * header, and needs no stack for empty ones.
 *
 * <p>Damaged data are a {@link ZipException}, cut off ones an {@link EOFException}.
 */
public final class Gunzip extends InputStream {
  public static final int MAGIC = 0x1f8b;

  private static final int BUFFER = 32 * 1024;
  private static final int CHECKED_HEADER = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private boolean ended;

  /**
   * A file's bytes, decompressed if it begins as gzip does. Closing them closes the file.
   *
   * @throws IOException if the first header is damaged or cut off; the file stays open
   */
  public static InputStream orPlain(InputStream file) throws IOException {
    InputStream in = new BufferedInputStream(file, BUFFER);
    in.mark(2);
    boolean packed = (in.read() << 8 | in.read()) == MAGIC;
    in.reset();
    return packed ? new Gunzip(in) : in;
  }

  /** Reads the first header at once. */
  public Gunzip(InputStream in) throws IOException {
    this.in = in;
    header(next());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    while (!ended && length > 0) {
      int read = inflate(to, from, length);
      if (read > 0) {
        sum.update(to, from, read);
        return read;
      } else if (inflater.finished()) {
        at = end - inflater.getRemaining();
        trailer();
        nextMember();
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw new EOFException("compressed data are cut off");
        }
        inflater.setInput(buffer, 0, end);
      } else {
        throw new ZipException("a dictionary is asked for");
      }
    }
    return length == 0 ? 0 : -1;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    ended = true;
    in.close();
  }

  private int inflate(byte[] to, int from, int length) throws ZipException {
    try {
      return inflater.inflate(to, from, length);
    } catch (DataFormatException damaged) {
      throw new ZipException(String.valueOf(damaged.getMessage()));
    }
  }

  private void header(int first) throws IOException {
    if ((first << 8 | next()) != MAGIC || next() != 8) {
      throw new ZipException("no gzip data where they should be");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("unknown flags");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      while ((flags & text) != 0 && next() != 0) {}
    }
    skip((flags & CHECKED_HEADER) != 0 ? 2 : 0);
    inflater.reset();
    inflater.setInput(buffer, at, end - at);
    sum.reset();
  }

  private void trailer() throws IOException {
    if (littleEndian() != sum.getValue()
        || littleEndian() != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the checksum is wrong");
    }
  }

  /** Goes to the next member, past zeros that a block device may have appended. */
  private void nextMember() throws IOException {
    int first = 0;
    while (first == 0 && (at < end || fill())) {
      first = buffer[at++] & 0xff;
    }
    if (first == 0) {
      ended = true;
    } else {
      header(first);
    }
  }

  private long littleEndian() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private int next() throws IOException {
    if (at == end && !fill()) {
      throw new EOFException("compressed data are cut off");
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }
}
