package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has which may change an account. */
abstract class RunOptions {
  @Option(
      names = "--no-safety-snapshot",
      description = "Do not save the account's records before the first delete.")
  private boolean noSafetySnapshot;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "The directory for the report (sluice-results/<run id>).")
  private @Nullable Path results;

  @Option(names = "--resume", description = "Go on with the interrupted run in --results.")
  public boolean resume;

  /** Where the results go. */
  public final Path results(RunId run) {
    if (results == null) {
      return ResultsDirectory.named(run);
    }
    DirectoryOption.require("--results", results);
    return results;
  }

  /** False if nothing is to be saved before a delete; null if nothing was said of it. */
  final @Nullable Boolean safetySnapshot() {
    return noSafetySnapshot ? false : null;
  }

  /**
   * Checks that there is a run to go on with, if one is to be gone on with.
   *
   * @throws UsageException if there is none
   */
  final void requireResumable(boolean dryRun) {
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
