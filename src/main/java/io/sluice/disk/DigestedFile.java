package io.sluice.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A stored file whose digest is known as soon as it is written, for those who will verify it. Not
 * safe for use by several threads.
 */
public final class DigestedFile extends OutputStream {
  private final StoredFile file;
  private final MessageDigest digest = Sha256.begin();

  /** Makes the file, which must not exist yet, readable by its owner alone. */
  public DigestedFile(Path path) throws IOException {
    this.file = new StoredFile(path);
  }

  @Override
  public void write(int b) throws IOException {
    file.write(b);
    digest.update((byte) b);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    file.write(source, offset, length);
    digest.update(source, offset, length);
  }

  /** Waits until every byte is on the disk. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Closes without waiting for the disk: for a file that will not be kept. */
  public void abandon() throws IOException {
    file.abandon();
  }

  /** Where the file is. */
  public Path path() {
    return file.path();
  }

  /** How many bytes were written. */
  public long bytes() {
    return file.bytes();
  }

  /** The SHA-256 of everything written, in hex. To be asked once, after closing. */
  public String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
