package io.sluice.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A new file that counts, and may digest, what is written to it. Closing it waits until every byte
 * is on the disk. Not safe for use by several threads.
 */
public final class StoredFile extends OutputStream {
  /** Bounds the direct buffer that the JDK keeps for every thread that writes. */
  private static final int LARGEST_WRITE = 256 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final @Nullable MessageDigest digest;
  private long bytes;
  private boolean closed;

  /** Makes the file, which must not exist yet, readable by its owner alone. */
  public StoredFile(Path path) throws IOException {
    this(path, null);
  }

  private StoredFile(Path path, @Nullable MessageDigest digest) throws IOException {
    this.path = path;
    this.digest = digest;
    this.channel = PrivateFiles.create(path);
  }

  /**
   * The same with a digest that is known as soon as the file is written, for those who will verify
   * it.
   */
  public static StoredFile digested(Path path) throws IOException {
    return new StoredFile(path, Sha256.begin());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += LARGEST_WRITE) {
      int part = Math.min(LARGEST_WRITE, length - done);
      ByteBuffer buffer = ByteBuffer.wrap(source, offset + done, part);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    bytes += length;
    if (digest != null) {
      digest.update(source, offset, length);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (channel) {
        channel.force(true);
      }
    }
  }

  /** Closes without waiting for the disk: for a file that will not be kept. */
  public void abandon() throws IOException {
    closed = true;
    channel.close();
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /** How many bytes were written. */
  public long bytes() {
    return bytes;
  }

  /** The SHA-256 of everything written to a digested file, in hex. To be asked once, at last. */
  public String sha256Hex() {
    if (digest == null) {
      throw new IllegalStateException("the file is not digested");
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
