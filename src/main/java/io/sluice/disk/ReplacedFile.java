package io.sluice.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole, in place of one that was there, or not at all: it is written under a
 * hidden name beside its place. Closing it without {@link #finish()} leaves what was there. Not
 * safe for use by several threads.
 */
public final class ReplacedFile extends OutputStream {
  private final Path target;
  private final Path partial;
  private final StoredFile file;
  private boolean finished;

  /** Begins the file; what a crash left of an earlier attempt is removed. */
  public ReplacedFile(Path target) throws IOException {
    this.target = target.toAbsolutePath();
    this.partial = this.target.resolveSibling("." + target.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    this.file = new StoredFile(partial);
  }

  @Override
  public void write(int b) throws IOException {
    file.write(b);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    file.write(source, offset, length);
  }

  /** Waits until every byte is on the disk, and puts the file in its place. */
  public void finish() throws IOException {
    file.close();
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
    Path directory = target.getParent();
    if (directory != null) {
      PrivateFiles.sync(directory);
    }
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      file.abandon();
      Files.deleteIfExists(partial);
    }
  }
}
