package io.sluice.pipeline;

import io.sluice.disk.DirectoryInUseException;
import io.sluice.disk.DirectoryLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A hidden directory of one run alone, which goes with it. What a killed run left is removed by the
 * next one of the same name; nothing that Sluice did not write, and nothing behind a link.
 */
public final class ScratchDirectory implements Closeable {
  private static final String MARK = ".sluice-";
  private static final Pattern OWN =
      Pattern.compile("\\.?[a-z-]+\\.(jsonl|csv)(\\.gz)?(\\.\\d+)?|\\.ids-\\d+\\.tmp|input");

  private final Path directory;
  private final DirectoryLock lock;

  private ScratchDirectory(Path directory, DirectoryLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Makes one among the system's temporary files, for whatever is called {@code name}. Blocking.
   */
  public static ScratchDirectory temporary(String name) throws IOException {
    return in(temporaryPlace(), name);
  }

  /** Where the system's temporary files lie. */
  static Path temporaryPlace() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  /** Makes one in {@code parent}, for whatever is called {@code name}. Blocking. */
  public static ScratchDirectory in(Path parent, String name) throws IOException {
    String prefix = "." + name + MARK;
    for (Path left : leftovers(parent, prefix)) {
      try {
        remove(left);
      } catch (NoSuchFileException gone) {
        // Its own run has ended just now, or another one removes it.
      }
    }
    Path fresh = Files.createTempDirectory(parent, prefix);
    return new ScratchDirectory(fresh, DirectoryLock.take(fresh));
  }

  /** Where files of the run go. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      clear(directory);
    }
  }

  private static List<Path> leftovers(Path parent, String prefix) throws IOException {
    List<Path> leftovers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        boolean named = entry.getFileName().toString().startsWith(prefix);
        if (named && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          leftovers.add(entry);
        }
      }
    }
    return leftovers;
  }

  /** Removes what a killed run left; one that is still at work keeps its directory. */
  private static void remove(Path leftover) throws IOException {
    boolean ours =
        Files.isRegularFile(leftover.resolve(DirectoryLock.FILE), LinkOption.NOFOLLOW_LINKS)
            && Files.isWritable(leftover)
            && holdsOnlyOwn(leftover);
    if (!ours) {
      return;
    }
    DirectoryLock taken;
    try {
      taken = DirectoryLock.take(leftover);
    } catch (DirectoryInUseException atWork) {
      return;
    }
    try (taken) {
      clear(leftover);
    }
  }

  private static boolean holdsOnlyOwn(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean own = name.equals(DirectoryLock.FILE) || OWN.matcher(name).matches();
        if (!own || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void clear(Path directory) throws IOException {
    try {
      empty(directory);
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException looked) {
      // Another run has just tried whether its lock is free, and so made the file again.
      empty(directory);
      Files.deleteIfExists(directory);
    }
  }

  private static void empty(Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
