package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.plan.Mode;
import io.sluice.plan.Ownership;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with rows, and how. */
public final class ChangeOptions extends RunOptions {
  /** No owner is named so: an empty value would be what a variable without a value leaves. */
  private static final String RECORDS_WITHOUT_OWNER = "(records without an owner)";

  private final Value<String> mode =
      text(
              "--mode",
              "create|upsert|update|mirror|delete",
              "create: create what is missing. upsert (default): also change what differs. "
                  + "update: only change what differs. mirror: upsert, then delete what the file "
                  + "lacks. delete: delete the records of the rows.")
          .or("upsert");

  private final Value<String> strategy =
      text(
              "--strategy",
              "auto|rows|batch",
              "rows: one call for each row; batch: up to 1000 rows in one call; auto "
                  + "(default): batches from 20 changes on.")
          .or("auto");

  public final Value<Boolean> dryRun =
      flag("--dry-run", "Show the plan with every change; change nothing.");

  private final SavePlanOption savePlan = include(new SavePlanOption());

  private final Value<String> maxDeletes =
      text(
          "--max-deletes",
          "N|P%",
          "Refuse a plan with more deletes (10%% of the account's records, or 10 if "
              + "that is more).");

  private final Value<String> maxErrors =
      text(
          "--max-errors",
          "N|P%",
          "Stop when more rows have failed; a percentage counts from the 100th row on.");

  private final Value<Boolean> allowUnprotect =
      flag(
          "--allow-unprotect",
          "Allow deletes of domains; a deleted domain is no longer protected.");

  private final Value<String> lint =
      text(
          "--lint",
          "off|warn|refuse",
          "Check the records to be written with lint. off: do not check. warn "
              + "(default): show the findings. refuse: refuse the plan if there is an error.");

  private final Value<String> owner =
      text(
          "--owner",
          "NAME",
          "Mark the records as this owner's, by a tag in their comments, and leave "
              + "records of others alone. A mirror then deletes only this owner's records.");

  private final Value<String> adopt =
      text(
              "--adopt",
              "NAME",
              "With --owner: take over records without an owner; with =NAME those of that owner.")
          .valueWhenOmitted(RECORDS_WITHOUT_OWNER);

  private final Value<String> expires =
      text(
          "--expires",
          "30d|DATE",
          "The last day of the records, or a number of days from now, for rows without "
              + "a value in the column 'expires'. 'sluice prune' deletes expired records.");

  /**
   * What was given.
   *
   * @throws UsageException if it cannot be understood
   */
  public ImportOptions understood() {
    ImportOptions all = UsageException.checked("", () -> importOptions().check(COMMAND_LINE));
    requireResumable(dryRun.get());
    savePlan.check(dryRun.get());
    return all;
  }

  /**
   * Checks that nothing was given that has no effect.
   *
   * @param resources what the run is about
   */
  public void requireEffect(List<Resource> resources) {
    mode();
    try {
      importOptions().requireEffect(resources, COMMAND_LINE);
    } catch (IllegalArgumentException idle) {
      throw new UsageException(
          String.valueOf(idle.getMessage()), "leave it out, or was another mode meant?");
    }
  }

  /** What a row means. */
  public Mode mode() {
    return UsageException.checked("", () -> importOptions().chosenMode(COMMAND_LINE));
  }

  /**
   * Where the plan is saved; null if it is not.
   *
   * @param command what the run is called
   * @throws UsageException if there is a file already
   */
  public @Nullable PlanTarget target(String command) {
    return savePlan.target(command);
  }

  private ImportOptions importOptions() {
    return new ImportOptions(
        mode.get(),
        strategy.get(),
        dryRun.get(),
        maxDeletes.orNull(),
        maxErrors.orNull(),
        allowUnprotect.get(),
        safetySnapshot(),
        lint.orNull(),
        owner.orNull(),
        RECORDS_WITHOUT_OWNER.equals(adopt.orNull()) ? Ownership.UNOWNED : adopt.orNull(),
        expires.orNull());
  }
}
