package io.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A file system in memory that is soon full. */
public final class SmallDisk implements AutoCloseable {
  private final Path mounted;

  private SmallDisk(Path mounted) {
    this.mounted = mounted;
  }

  /**
   * Mounts one of so many megabytes.
   *
   * @throws IOException if that is not possible here: it takes root on Linux
   */
  public static SmallDisk mount(Path directory, int megabytes) throws IOException {
    Files.createDirectories(directory);
    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
    return new SmallDisk(directory);
  }

  /** True if a small disk can be mounted here. */
  public static boolean isPossible() {
    return Files.isExecutable(Path.of("/bin/mount"))
        && "root".equals(System.getProperty("user.name"));
  }

  /** Where it is. */
  public Path path() {
    return mounted;
  }

  /** Leaves no room, whatever else is written at the same time; again, what was freed since. */
  public void fill() throws IOException {
    byte[] block = new byte[1 << 12];
    try (var out =
        Files.newOutputStream(
            mounted.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      if (mounted.toFile().getUsableSpace() > block.length) {
        throw full;
      }
    }
  }

  /** Makes room again. */
  public void clear() throws IOException {
    Files.deleteIfExists(mounted.resolve("filler"));
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", mounted.toString());
  }

  private static void run(String... words) throws IOException {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", words) + " failed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
