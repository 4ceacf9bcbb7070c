package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.plan.Mode;
import org.jspecify.annotations.Nullable;

/** Which expired records are deleted, and how. */
public final class PruneOptions extends RunOptions {
  public final Value<String> owner =
      text("--owner", "NAME", "Delete only records of this owner; default: of all owners.");

  private final Value<String> grace =
      text("--grace", "DAYS", "Keep records for some days after their last day, such as 7d (0d).")
          .or("0d");

  private final Value<String> strategy =
      text(
              "--strategy",
              "auto|rows|batch",
              "rows: one call for each record; batch: up to 1000 in one call; auto "
                  + "(default): batches from 20 on.")
          .or("auto");

  public final Value<Boolean> dryRun =
      flag("--dry-run", "Show what would be deleted; change nothing.");

  private final SavePlanOption savePlan = include(new SavePlanOption());

  private final Value<String> maxDeletes =
      text(
          "--max-deletes",
          "N|P%",
          "Refuse a plan with more deletes of one kind of records (10%% of the "
              + "account's or the owner's records, or 10 if that is more).");

  private final Value<String> maxErrors =
      text(
          "--max-errors",
          "N|P%",
          "Stop when more deletes have failed; a percentage counts from the 100th on.");

  /**
   * What was given, as a run that deletes.
   *
   * @throws UsageException if it cannot be understood
   */
  public ImportOptions understood() {
    requireResumable(dryRun.get());
    savePlan.check(dryRun.get());
    ImportOptions options =
        new ImportOptions(
            Mode.DELETE.label(),
            strategy.get(),
            dryRun.get(),
            maxDeletes.orNull(),
            maxErrors.orNull(),
            false,
            safetySnapshot(),
            null,
            owner.orNull(),
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
    return savePlan.target("prune");
  }

  /** How many days records stay after their last day. */
  public int graceDays() {
    return UsageException.checked("--grace: ", () -> ExpiredRecords.days(grace.get()));
  }
}
