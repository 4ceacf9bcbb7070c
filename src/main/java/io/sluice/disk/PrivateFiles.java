package io.sluice.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes files and directories that only their owner can read, since what Sluice writes holds names
 * and addresses of people; and sees to it that they are on the disk before they count.
 */
public final class PrivateFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** Makes the directory and the missing ones above it; existing ones stay as they are. */
  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, mode("rwx------"));
  }

  /**
   * Takes a file or directory away from everybody but its owner.
   *
   * @return whether others could reach it before
   * @throws IOException if it belongs to another user
   */
  public static boolean restrict(Path path) throws IOException {
    if (!POSIX) {
      return false;
    }
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> owners = EnumSet.noneOf(PosixFilePermission.class);
    owners.addAll(before);
    owners.retainAll(OWNERS);
    if (owners.equals(before)) {
      return false;
    }
    Files.setPosixFilePermissions(path, owners);
    return true;
  }

  /** Makes a directory that must not exist yet. */
  public static void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory, mode("rwx------"));
  }

  /** Opens a file for writing that must not exist yet. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.READ, StandardOpenOption.CREATE_NEW),
        mode("rw-------"));
  }

  /** Opens a file for writing, and makes it if there is none. A link is not followed. */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS),
        mode("rw-------"));
  }

  /** Opens a file for writing at its end, and makes it if there is none. No link is followed. */
  public static FileChannel append(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.APPEND, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS),
        mode("rw-------"));
  }

  /** Waits until a directory's own entries are on the disk. Where that is unknown, does nothing. */
  public static void sync(Path directory) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
