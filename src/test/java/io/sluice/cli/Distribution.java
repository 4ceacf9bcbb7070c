package io.sluice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The zip that is handed out. */
final class Distribution {
  private Distribution() {}

  static Path zip() {
    String built = System.getProperty("sluice.zip");
    if (built == null) {
      throw new IllegalStateException("the property sluice.zip names no distribution");
    }
    return Path.of(built);
  }

  /** Opens the zip; the modes of its files can be read. */
  static FileSystem open() throws IOException {
    return FileSystems.newFileSystem(zip(), Map.of("enablePosixFileAttributes", true));
  }

  /** The one directory at the top, which all else is in. */
  static Path top(FileSystem zip) throws IOException {
    try (Stream<Path> found = Files.list(zip.getPath("/"))) {
      List<Path> all = found.toList();
      if (all.size() != 1) {
        throw new IOException("not one directory, but " + all);
      }
      return all.get(0);
    }
  }

  /** Unpacks it below {@code directory}, modes included; returns its own directory. */
  static Path unpackedIn(Path directory) throws IOException {
    try (FileSystem zip = open()) {
      Path top = top(zip);
      try (Stream<Path> found = Files.walk(top)) {
        found.forEach(entry -> copy(entry, directory.resolve(entry.toString().substring(1))));
      }
      return directory.resolve(top.toString().substring(1));
    }
  }

  private static void copy(Path entry, Path target) {
    try {
      if (Files.isDirectory(entry)) {
        Files.createDirectories(target);
      } else {
        Files.copy(entry, target);
        Files.setLastModifiedTime(target, Files.getLastModifiedTime(entry));
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(entry));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
