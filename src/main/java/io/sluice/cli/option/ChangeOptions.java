package io.sluice.cli.option;

import io.sluice.catalog.Resource;
import io.sluice.cli.Version;
import io.sluice.config.UsageException;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.DeleteGuards;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.Limit;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.plan.Mode;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is done with rows, and how. */
public final class ChangeOptions {
  @Option(
      names = "--mode",
      paramLabel = "create|upsert|update|mirror|delete",
      description =
          "create: make what is missing. upsert (default): also change what differs. update: only"
              + " change. mirror: upsert, then delete what the file lacks. delete: delete the rows.")
  private String mode = "upsert";

  @Option(
      names = "--strategy",
      paramLabel = "auto|rows|batch",
      description = "One call per row, or up to 1000 rows per call; auto (default) chooses.")
  private String strategy = "auto";

  @Option(names = "--dry-run", description = "Show the plan with every change; change nothing.")
  public boolean dryRun;

  @Option(
      names = "--max-deletes",
      paramLabel = "N|P%",
      description = "Refuse a plan with more deletes (10%% of the account's records, at least 10).")
  private @Nullable String maxDeletes;

  @Option(
      names = "--max-errors",
      paramLabel = "N|P%",
      description = "Stop when more rows have failed; a share counts from the 100th row.")
  private @Nullable String maxErrors;

  @Option(
      names = "--allow-unprotect",
      description = "Allow deletes of domains, which ends their protection for good.")
  private boolean allowUnprotect;

  @Option(
      names = "--no-safety-snapshot",
      description = "Do not save what the account holds before the first delete.")
  private boolean noSafetySnapshot;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where the report goes (sluice-results/<run id>).")
  private @Nullable Path results;

  @Option(names = "--resume", description = "Go on with the run that was stopped in --results.")
  public boolean resume;

  /** The request, with those of the reading options. */
  public ImportRequest request(
      Function<Mode, CheckRequest> rows, boolean skipInvalid, InputOrigin origin) {
    requireUnderstood();
    return new ImportRequest(
        rows.apply(mode()),
        skipInvalid,
        mode(),
        strategy(),
        origin.origin(),
        origin.partial(),
        dryRun,
        maxDeletes(),
        maxErrors(),
        allowUnprotect,
        !noSafetySnapshot,
        Version.current());
  }

  /** Checks what can be checked before any call is made. */
  public void requireUnderstood() {
    mode();
    strategy();
    maxDeletes();
    maxErrors();
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

  /**
   * Checks that nothing was given that has no effect.
   *
   * @param resources what the run is about
   */
  public void requireEffect(List<Resource> resources) {
    DeleteGuards given = new DeleteGuards(maxDeletes != null, allowUnprotect, noSafetySnapshot);
    try {
      given.requireEffect(mode(), resources, OptionNames.COMMAND_LINE);
    } catch (IllegalArgumentException idle) {
      throw new UsageException(
          String.valueOf(idle.getMessage()), "leave it out, or was another mode meant?");
    }
  }

  /** What a row means. */
  public Mode mode() {
    return named("--mode", () -> Mode.named(mode));
  }

  private Strategy strategy() {
    return named("--strategy", () -> Strategy.named(strategy));
  }

  private Limit maxDeletes() {
    return maxDeletes == null ? Limit.DELETES : limit("--max-deletes", maxDeletes);
  }

  private @Nullable Limit maxErrors() {
    return maxErrors == null ? null : limit("--max-errors", maxErrors);
  }

  /** Where the results go. */
  public Path results(RunId run) {
    return results == null ? ResultsDirectory.named(run) : results;
  }

  private static Limit limit(String option, String text) {
    return named(option, () -> Limit.parse(text));
  }

  /** The value of an option that may not be understood. */
  public static <T> T named(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException unknown) {
      throw new UsageException(option + ": " + unknown.getMessage(), null);
    }
  }
}
