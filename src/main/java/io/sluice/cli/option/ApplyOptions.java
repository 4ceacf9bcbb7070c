package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.SavedPart;
import io.sluice.pipeline.imports.saved.SavedPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a saved plan is carried out. What its rows mean is in the plan. */
public final class ApplyOptions extends RunOptions {
  @Option(
      names = "--strategy",
      paramLabel = "auto|rows|batch",
      description =
          "rows: one call for each row; batch: up to 1000 rows in one call; default: "
              + "as planned.")
  private @Nullable String strategy;

  @Option(
      names = "--dry-run",
      description = "Compare the plan with the account as it is now; change nothing.")
  public boolean dryRun;

  @Option(
      names = "--max-deletes",
      paramLabel = "N|P%",
      description = "Refuse the plan if it has more deletes; default: the limit of the plan.")
  private @Nullable String maxDeletes;

  @Option(
      names = "--max-errors",
      paramLabel = "N|P%",
      description = "Stop when more rows have failed; default: the limit of the plan.")
  private @Nullable String maxErrors;

  /**
   * What was given, for that plan.
   *
   * @throws UsageException if it cannot be understood, or has no effect
   */
  public ImportOptions understood(SavedPlan plan) {
    ImportOptions given =
        new ImportOptions(null, strategy, dryRun, maxDeletes, maxErrors, false, safetySnapshot());
    ImportOptions all = UsageException.checked("", () -> given.check(COMMAND_LINE));
    requireResumable(dryRun);
    boolean deletes = plan.parts().stream().map(SavedPart::mode).anyMatch(mode -> mode.deletes());
    if (!deletes && (maxDeletes != null || safetySnapshot() != null)) {
      throw new UsageException(
          (maxDeletes != null ? "--max-deletes" : "--no-safety-snapshot")
              + " has no effect: the plan deletes nothing",
          "leave it out");
    }
    return all;
  }
}
