package io.sluice.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that only its owner can read and that has no name, so that nothing is left of it after a
 * crash. Bytes are added at its end and read from anywhere. Blocking; reading is safe for several
 * threads, writing is for one at a time.
 */
public final class ScratchFile implements Closeable {
  /** Bounds the direct buffer that the JDK keeps for every thread that reads or writes. */
  private static final int LARGEST_TRANSFER = 256 * 1024;

  private final FileChannel channel;
  private long length;

  /** Makes an empty file in an existing directory. */
  public ScratchFile(Path directory) throws IOException {
    Path file = Files.createTempFile(directory, ".scratch-", "");
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
  }

  /** How many bytes it has. */
  public long length() {
    return length;
  }

  /** Adds {@code bytes[from, to)} at its end. */
  public void append(byte[] bytes, int from, int to) throws IOException {
    for (int start = from; start < to; start += LARGEST_TRANSFER) {
      ByteBuffer part = ByteBuffer.wrap(bytes, start, Math.min(LARGEST_TRANSFER, to - start));
      while (part.hasRemaining()) {
        length += channel.write(part, length);
      }
    }
  }

  /**
   * Reads so many bytes from that offset.
   *
   * @throws EOFException if there are fewer
   */
  public byte[] read(long offset, int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      int read = read(offset + done, bytes, done, count - done);
      if (read < 0) {
        throw new EOFException("a scratch file was cut short");
      }
      done += read;
    }
    return bytes;
  }

  /** Adds at its end what is written; closing has no effect. */
  public OutputStream appending() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        append(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        append(bytes, from, from + count);
      }
    };
  }

  /** Its bytes from one offset up to another; closing has no effect. */
  public InputStream reading(long from, long to) {
    return new InputStream() {
      private long position = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int start, int count) throws IOException {
        int wanted = (int) Math.min(count, to - position);
        if (wanted <= 0) {
          return count == 0 ? 0 : -1;
        }
        int read = ScratchFile.this.read(position, bytes, start, wanted);
        if (read < 0) {
          throw new EOFException("a scratch file was cut short");
        }
        position += read;
        return read;
      }
    };
  }

  private int read(long offset, byte[] bytes, int start, int count) throws IOException {
    int most = Math.min(count, LARGEST_TRANSFER);
    return channel.read(ByteBuffer.wrap(bytes, start, most), offset);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
