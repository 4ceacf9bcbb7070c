package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.report.ResultsDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks what {@code --resume} goes with. */
final class ResumeOption {
  private ResumeOption() {}

  /**
   * Checks that there is a run to go on with.
   *
   * @throws UsageException if there is none
   */
  static void check(@Nullable Path results, boolean resume, boolean dryRun) {
    if (resume && dryRun) {
      throw new UsageException("--dry-run does not go with --resume", null);
    }
    if (resume && results == null) {
      throw new UsageException("--resume needs --results DIR", "the directory of the run");
    }
    if (resume && results != null && !ResultsDirectory.holdsRun(results)) {
      throw new UsageException(
          "--resume: no run has left results in " + results,
          "give the directory of the run that was stopped, or start a new run without --resume");
    }
  }
}
