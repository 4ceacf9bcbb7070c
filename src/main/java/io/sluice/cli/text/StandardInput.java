package io.sluice.cli.text;

import io.sluice.config.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard input, once it is sure that there is one. */
public final class StandardInput {
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/" + Terminals.STDIN);

  private StandardInput() {}

  /**
   * The stream. If the parent process has closed it, its descriptor belongs to the first file that
   * the JVM opens for itself, and reading it would read that file.
   *
   * @throws UsageException if it is closed
   */
  public static InputStream open() {
    try {
      if (Files.isSymbolicLink(DESCRIPTOR)
          && Files.readSymbolicLink(DESCRIPTOR).startsWith(System.getProperty("java.home"))) {
        throw new UsageException(
            "standard input is closed", "name a file, or pipe one in; < /dev/null is an empty one");
      }
    } catch (IOException unknown) {
      // A system without /proc: the stream is read as it is.
    }
    return System.in;
  }
}
