package io.sluice.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * Keeps a second Sluice out of a directory. The lock belongs to the process and goes with it, also
 * when it is killed; the file that carries it stays.
 */
public final class DirectoryLock implements Closeable {
  /** The file that carries the lock. */
  public static final String FILE = ".sluice.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of an existing directory.
   *
   * @throws DirectoryInUseException if another run holds it
   * @throws IOException if the directory cannot be written
   */
  public static DirectoryLock take(Path directory) throws IOException {
    FileChannel channel = PrivateFiles.open(directory.resolve(FILE));
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DirectoryLock(channel);
      }
    } catch (OverlappingFileLockException sameProcess) {
      channel.close();
      throw new DirectoryInUseException(directory);
    } catch (IOException unlockable) {
      channel.close();
      throw unlockable;
    }
    channel.close();
    throw new DirectoryInUseException(directory);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
