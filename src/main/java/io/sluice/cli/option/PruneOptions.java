package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.plan.Mode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which expired records are deleted, and how. */
public final class PruneOptions extends RunOptions {
  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Delete only records of this owner; default: of all owners.")
  public @Nullable String owner;

  @Option(
      names = "--grace",
      paramLabel = "DAYS",
      description = "Keep records for some days after their last day, such as 7d (0d).")
  private String grace = "0d";

  @Option(
      names = "--strategy",
      paramLabel = "auto|rows|batch",
      description =
          "rows: one call for each record; batch: up to 1000 in one call; auto "
              + "(default): batches from 20 on.")
  private String strategy = "auto";

  @Option(names = "--dry-run", description = "Show what would be deleted; change nothing.")
  public boolean dryRun;

  @Option(
      names = "--save-plan",
      paramLabel = "FILE",
      description = "With --dry-run: save the plan for 'sluice apply'.")
  private @Nullable Path savePlan;

  @Option(
      names = "--max-deletes",
      paramLabel = "N|P%",
      description =
          "Refuse a plan with more deletes of one kind of records (10%% of the "
              + "account's or the owner's records, or 10 if that is more).")
  private @Nullable String maxDeletes;

  @Option(
      names = "--max-errors",
      paramLabel = "N|P%",
      description = "Stop when more deletes have failed; a percentage counts from the 100th on.")
  private @Nullable String maxErrors;

  /**
   * What was given, as a run that deletes.
   *
   * @throws UsageException if it cannot be understood
   */
  public ImportOptions understood() {
    requireResumable(dryRun);
    SavePlanOption.check(savePlan, dryRun);
    ImportOptions options =
        new ImportOptions(
            Mode.DELETE.label(),
            strategy,
            dryRun,
            maxDeletes,
            maxErrors,
            false,
            safetySnapshot(),
            null,
            owner,
            null,
            null);
    return UsageException.checked("", () -> options.check(COMMAND_LINE));
  }

  /**
   * Where the plan is saved; null if it is not.
   *
   * @throws UsageException if there is a file already
   */
  public @Nullable PlanTarget target() {
    return SavePlanOption.target(savePlan, "prune");
  }

  /** How many days records stay after their last day. */
  public int graceDays() {
    return UsageException.checked("--grace: ", () -> ExpiredRecords.days(grace));
  }
}
