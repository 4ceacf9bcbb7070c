package io.sluice.pipeline;

import io.sluice.config.UsageException;
import io.sluice.disk.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An input that can be read from its start any number of times.
 *
 * @param name what people call it
 * @param path where its bytes are
 */
public record InputSource(String name, Path path) {

  /**
   * A file.
   *
   * @throws UsageException if it is not there, or is no file
   */
  public static InputSource file(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new UsageException(
          "there is no file " + path + " that can be read", "- stands for standard input");
    }
    return new InputSource(path.toString(), path);
  }

  /** A stream that can be read only once: it is copied into {@code directory} first. Blocking. */
  public static InputSource spooled(InputStream stream, Path directory) throws IOException {
    Path copy = directory.resolve("input");
    try (StoredFile file = new StoredFile(copy)) {
      stream.transferTo(file);
    }
    return new InputSource("-", copy);
  }

  /** Opens it at its start. */
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }
}
