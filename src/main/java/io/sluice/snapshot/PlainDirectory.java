package io.sluice.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A directory of Sluice's own making: it holds plain files and nothing else. */
final class PlainDirectory {
  private PlainDirectory() {}

  /** What lies directly in a directory, without following links. */
  static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return entries;
  }

  /**
   * The last name of a path that a directory listed. Its bytes are taken for UTF-8, whatever
   * charset the JVM takes from the locale; those that are not UTF-8 become replacement characters.
   */
  static String name(Path listed) {
    String name = listed.getFileName().toString();
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    // A URI escapes the bytes of a name as they are, and reads escapes as UTF-8.
    String path = listed.toUri().getPath();
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  static boolean is(Path directory) {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Deletes a directory and the files in it. A directory inside makes it fail, links only go; what
   * others delete meanwhile is no error.
   */
  static void delete(Path directory) throws IOException {
    for (Path entry : entries(directory)) {
      Files.deleteIfExists(entry);
    }
    Files.deleteIfExists(directory);
  }
}
