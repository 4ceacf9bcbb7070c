package io.sluice.cli.option;

import io.sluice.config.UsageException;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The options that every command has which may change an account. */
abstract class RunOptions extends OptionGroup {
  private final Value<Boolean> noSafetySnapshot =
      flag("--no-safety-snapshot", "Do not save the account's records before the first delete.");

  private final Value<Path> results =
      path("--results", "DIR", "The directory for the report (sluice-results/<run id>).");

  public final Value<Boolean> resume =
      flag("--resume", "Go on with the interrupted run in --results.");

  /** Where the results go. */
  public final Path results(RunId run) {
    if (!results.isGiven()) {
      return ResultsDirectory.named(run);
    }
    DirectoryOption.require("--results", results.get());
    return results.get();
  }

  /** False if nothing is to be saved before a delete; null if nothing was said of it. */
  final @Nullable Boolean safetySnapshot() {
    return noSafetySnapshot.get() ? false : null;
  }

  /**
   * Checks that there is a run to go on with, if one is to be gone on with.
   *
   * @throws UsageException if there is none
   */
  final void requireResumable(boolean dryRun) {
    if (resume.get() && dryRun) {
      throw new UsageException("--dry-run does not go with --resume", null);
    }
    if (resume.get() && !results.isGiven()) {
      throw new UsageException("--resume needs --results DIR", "the directory of the run");
    }
    if (resume.get() && results.isGiven() && !ResultsDirectory.holdsRun(results.get())) {
      throw new UsageException(
          "--resume: no run has left results in " + results.get(),
          "give the directory of the run that was stopped, or start a new run without --resume");
    }
  }
}
