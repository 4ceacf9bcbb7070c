package io.sluice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the process of a service holds at one moment.
 *
 * @param heap how much is reachable, in MiB
 * @param files how many descriptors are open, sockets included
 */
record SoakSample(long heap, long files, long sockets, long threads) {
  /** What it holds now. */
  static SoakSample of(ServiceProcess service) throws Exception {
    long heap = ServiceMemory.of(service).heap();
    Path process = Path.of("/proc", Long.toString(service.process().pid()));
    List<Path> descriptors = list(process.resolve("fd"));
    long sockets = descriptors.stream().filter(SoakSample::isSocket).count();
    return new SoakSample(heap, descriptors.size(), sockets, list(process.resolve("task")).size());
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (NoSuchFileException closedMeanwhile) {
      return false;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
