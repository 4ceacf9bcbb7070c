package io.sluice.cli.option;

import static io.sluice.format.OptionNames.COMMAND_LINE;

import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.plan.Mode;
import io.sluice.plan.Ownership;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is done with rows, and how. */
public final class ChangeOptions extends RunOptions {
  /** No owner is named so: an empty value would be what a variable without a value leaves. */
  private static final String RECORDS_WITHOUT_OWNER = "(records without an owner)";

  @Option(
      names = "--mode",
      paramLabel = "create|upsert|update|mirror|delete",
      description =
          "create: create what is missing. upsert (default): also change what differs. "
              + "update: only change what differs. mirror: upsert, then delete what the file "
              + "lacks. delete: delete the records of the rows.")
  private String mode = "upsert";

  @Option(
      names = "--strategy",
      paramLabel = "auto|rows|batch",
      description =
          "rows: one call for each row; batch: up to 1000 rows in one call; auto "
              + "(default): batches from 20 changes on.")
  private String strategy = "auto";

  @Option(names = "--dry-run", description = "Show the plan with every change; change nothing.")
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
          "Refuse a plan with more deletes (10%% of the account's records, or 10 if "
              + "that is more).")
  private @Nullable String maxDeletes;

  @Option(
      names = "--max-errors",
      paramLabel = "N|P%",
      description = "Stop when more rows have failed; a percentage counts from the 100th row on.")
  private @Nullable String maxErrors;

  @Option(
      names = "--allow-unprotect",
      description = "Allow deletes of domains; a deleted domain is no longer protected.")
  private boolean allowUnprotect;

  @Option(
      names = "--lint",
      paramLabel = "off|warn|refuse",
      description =
          "Check the records to be written with lint. off: do not check. warn "
              + "(default): show the findings. refuse: refuse the plan if there is an error.")
  private @Nullable String lint;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description =
          "Mark the records as this owner's, by a tag in their comments, and leave "
              + "records of others alone. A mirror then deletes only this owner's records.")
  private @Nullable String owner;

  @Option(
      names = "--adopt",
      arity = "0..1",
      fallbackValue = RECORDS_WITHOUT_OWNER,
      paramLabel = "NAME",
      description =
          "With --owner: take over records without an owner; with =NAME those of that " + "owner.")
  private @Nullable String adopt;

  @Option(
      names = "--expires",
      paramLabel = "30d|DATE",
      description =
          "The last day of the records, or a number of days from now, for rows without "
              + "a value in the column 'expires'. 'sluice prune' deletes expired records.")
  private @Nullable String expires;

  /**
   * What was given.
   *
   * @throws UsageException if it cannot be understood
   */
  public ImportOptions understood() {
    ImportOptions all = UsageException.checked("", () -> options().check(COMMAND_LINE));
    requireResumable(dryRun);
    SavePlanOption.check(savePlan, dryRun);
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
      options().requireEffect(resources, COMMAND_LINE);
    } catch (IllegalArgumentException idle) {
      throw new UsageException(
          String.valueOf(idle.getMessage()), "leave it out, or was another mode meant?");
    }
  }

  /** What a row means. */
  public Mode mode() {
    return UsageException.checked("", () -> options().chosenMode(COMMAND_LINE));
  }

  /**
   * Where the plan is saved; null if it is not.
   *
   * @param command what the run is called
   * @throws UsageException if there is a file already
   */
  public @Nullable PlanTarget target(String command) {
    return SavePlanOption.target(savePlan, command);
  }

  private ImportOptions options() {
    return new ImportOptions(
        mode,
        strategy,
        dryRun,
        maxDeletes,
        maxErrors,
        allowUnprotect,
        safetySnapshot(),
        lint,
        owner,
        RECORDS_WITHOUT_OWNER.equals(adopt) ? Ownership.UNOWNED : adopt,
        expires);
  }
}
