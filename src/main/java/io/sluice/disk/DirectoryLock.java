package io.sluice.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second Sluice out of a directory. The lock belongs to the process and goes with it, also
 * when it is killed; the file that carries it stays.
 */
public final class DirectoryLock implements Closeable {
  /** The file that carries the lock. */
  public static final String FILE = ".sluice.lock";

  /**
   * What this process holds. POSIX gives a process's lock up when it closes any channel of the
   * file, so a second attempt must be refused before it opens one.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock of an existing directory.
   *
   * @throws DirectoryInUseException if another run holds it
   * @throws IOException if the directory cannot be written
   */
  public static DirectoryLock take(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new DirectoryInUseException(directory);
    }
    @Nullable FileChannel channel = null;
    boolean taken = false;
    try {
      channel = PrivateFiles.open(own(real.resolve(FILE)));
      taken = channel.tryLock() != null;
      if (taken) {
        return new DirectoryLock(real, channel);
      }
      throw new DirectoryInUseException(directory);
    } finally {
      if (!taken) {
        HELD.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** What others put in its place, such as a pipe, would be waited for without end. */
  private static Path own(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(), null, "not a plain file, and so none of Sluice's; remove it");
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        HELD.remove(directory);
      }
    }
  }
}
