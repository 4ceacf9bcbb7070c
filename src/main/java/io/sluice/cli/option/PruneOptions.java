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
      description = "Only records of this owner; default: everybody's.")
  public @Nullable String owner;

  @Option(
      names = "--grace",
      paramLabel = "DAYS",
      description = "Keep records for so many days after their last day, such as 7d (0d).")
  private String grace = "0d";

  @Option(
      names = "--strategy",
      paramLabel = "auto|rows|batch",
      description = "One call per record, or up to 1000 per call; auto (default) chooses.")
  private String strategy = "auto";

  @Option(names = "--dry-run", description = "Show what would be deleted; change nothing.")
  public boolean dryRun;

  @Option(
      names = "--save-plan",
      paramLabel = "FILE",
      description = "With --dry-run: keep the plan, for apply to carry out.")
  private @Nullable Path savePlan;

  @Option(
      names = "--max-deletes",
      paramLabel = "N|P%",
      description =
          "Refuse a plan with more deletes of a kind (10%% of the account's or the owner's records,"
              + " at least 10).")
  private @Nullable String maxDeletes;

  @Option(
      names = "--max-errors",
      paramLabel = "N|P%",
      description = "Stop when more deletes have failed; a share counts from the 100th.")
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
