package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.SavedPart;
import io.sluice.pipeline.imports.saved.SavedPlan;

/** How a saved plan is carried out. What its rows mean is in the plan. */
public final class ApplyOptions extends RunOptions {
  private final Value<String> strategy =
      text(
          "--strategy",
          "auto|rows|batch",
          "rows: one call for each row; batch: up to 1000 rows in one call; default: "
              + "as planned.");

  public final Value<Boolean> dryRun =
      flag("--dry-run", "Compare the plan with the account as it is now; change nothing.");

  private final Value<String> maxDeletes =
      text(
          "--max-deletes",
          "N|P%",
          "Refuse the plan if it has more deletes; default: the limit of the plan.");

  private final Value<String> maxErrors =
      text(
          "--max-errors",
          "N|P%",
          "Stop when more rows have failed; default: the limit of the plan.");

  /**
   * What was given, for that plan.
   *
   * @throws UsageException if it cannot be understood, or has no effect
   */
  public ImportOptions understood(SavedPlan plan) {
    ImportOptions given =
        new ImportOptions(
            null,
            strategy.orNull(),
            dryRun.get(),
            maxDeletes.orNull(),
            maxErrors.orNull(),
            false,
            safetySnapshot());
    ImportOptions all = UsageException.checked("", () -> given.check(COMMAND_LINE));
    requireResumable(dryRun.get());
    boolean deletes = plan.parts().stream().map(SavedPart::mode).anyMatch(mode -> mode.deletes());
    if (!deletes && (maxDeletes.isGiven() || safetySnapshot() != null)) {
      throw new UsageException(
          (maxDeletes.isGiven() ? "--max-deletes" : "--no-safety-snapshot")
              + " has no effect: the plan deletes nothing",
          "leave it out");
    }
    return all;
  }
}
