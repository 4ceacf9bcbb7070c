package io.sluice.cli.option;

import io.sluice.config.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory that an option names, and that is made where it is missing. */
public final class DirectoryOption {
  private DirectoryOption() {}

  /**
   * Refuses what is a file, or lies below one.
   *
   * @param option what names the directory
   * @throws UsageException naming both
   */
  public static void require(String option, Path directory) {
    if (directory.toString().isBlank()) {
      throw new UsageException(option + " wants a directory; '" + directory + "' is none", null);
    }
    for (@Nullable Path part = directory; part != null; part = part.getParent()) {
      if (Files.exists(part) && !Files.isDirectory(part)) {
        throw new UsageException(
            option + " wants a directory; '" + part + "' is none", "choose another place");
      }
    }
  }
}
