package io.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The distribution as its users have it: unpacked, and started before, so that its archive of
 * classes is there.
 */
final class Installation {
  private final Path launcher;
  private final Path cache;

  private Installation(Path launcher, Path cache) {
    this.launcher = launcher;
    this.cache = cache;
  }

  /** Unpacks the zip that is in {@code built} and starts what is in it for the first time. */
  static Installation in(Path directory, Path built, Duration limit)
      throws IOException, InterruptedException {
    Path place = Files.createDirectories(directory.resolve("installation"));
    unpack(zip(built), place);
    Installation unpacked =
        new Installation(
            only(place, "sluice-*").resolve("bin").resolve("sluice"), directory.resolve("cache"));
    Files.createDirectory(unpacked.cache);
    Child.Finished first =
        Child.run(
            directory,
            "first",
            unpacked.command(List.of(), "--version"),
            Map.of("SLUICE_ARCHIVE", "now"),
            limit);
    if (first.exit() != 0) {
      throw new IOException("the distribution does not start: " + first.failure());
    }
    return unpacked;
  }

  /**
   * A command line of it, with the JVM that runs the benchmark.
   *
   * @param jvm further options for the JVM, without blanks
   */
  List<String> command(List<String> jvm, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("JAVA_HOME=" + System.getProperty("java.home"));
    command.add("XDG_CACHE_HOME=" + cache);
    command.add("SLUICE_OPTS=" + String.join(" ", jvm));
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path zip(Path built) throws IOException {
    return only(built, "sluice-*.zip");
  }

  private static Path only(Path directory, String pattern) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
      for (Path each : found) {
        return each;
      }
    }
    throw new IOException("there is no " + directory.resolve(pattern) + "; build it first");
  }

  private static void unpack(Path archive, Path directory) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        Path target = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        try (InputStream content = zip.getInputStream(entry)) {
          Files.copy(content, target);
        }
        if (target.endsWith("bin/sluice") && !target.toFile().setExecutable(true)) {
          throw new IOException("cannot be made executable: " + target);
        }
      }
    }
  }
}
