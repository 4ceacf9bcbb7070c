package io.sluice.pipeline.imports.saved;

import io.sluice.config.UsageException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where a plan is saved.
 *
 * @param command what the run is called that it is of: import, restore, migrate or prune
 * @param replaces whether a plan that is there may be replaced
 */
public record PlanTarget(Path file, String command, boolean replaces) {
  /**
   * Checks that a plan can be put there.
   *
   * @throws UsageException if there is a file already, or no directory, or standard output is meant
   */
  public PlanTarget requireFree() {
    if (file.toString().equals("-")) {
      throw new UsageException(
          "--save-plan wants the name of a file; '-' is none",
          "standard output has the plan for people, or with --json for scripts");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (!replaces && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException(
          "--save-plan: there is a file " + file + " already",
          "no plan is written over it: remove it, or choose another name");
    } else if (directory == null || !Files.isDirectory(directory)) {
      throw new UsageException("--save-plan: there is no directory for " + file, null);
    }
    return this;
  }
}
