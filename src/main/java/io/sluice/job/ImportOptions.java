package io.sluice.job;

import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.DeleteGuards;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.Limit;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.plan.Mode;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is done with rows, and how: what the options of the same names say on the command line. Null
 * means the default.
 */
public record ImportOptions(
    @Nullable String mode,
    @Nullable String strategy,
    boolean dryRun,
    @Nullable String maxDeletes,
    @Nullable String maxErrors,
    boolean allowUnprotect,
    @Nullable Boolean safetySnapshot) {
  /** All defaults. */
  public static final ImportOptions DEFAULT =
      new ImportOptions(null, null, false, null, null, false, null);

  /**
   * The mode.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Mode chosenMode() {
    return mode == null ? Mode.UPSERT : Mode.named(mode);
  }

  /**
   * Checks that all of it can be understood.
   *
   * @throws IllegalArgumentException saying what cannot
   */
  public void check() {
    checked("mode", this::chosenMode);
    checked("strategy", this::chosenStrategy);
    checked("max_deletes", this::deletes);
    checked("max_errors", this::errors);
  }

  /**
   * Checks that all of it has an effect. Jobs that are kept are not checked: a default that is
   * written out may have been taken before.
   *
   * @param resources what the job is about
   * @throws IllegalArgumentException naming what has none
   */
  public void requireEffect(Collection<Resource> resources) {
    new DeleteGuards(maxDeletes != null, allowUnprotect, Boolean.FALSE.equals(safetySnapshot))
        .requireEffect(chosenMode(), resources, OptionNames.API);
  }

  private static void checked(String name, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(name + ": " + unusable.getMessage(), unusable);
    }
  }

  private Strategy chosenStrategy() {
    return strategy == null ? Strategy.AUTO : Strategy.named(strategy);
  }

  private Limit deletes() {
    return maxDeletes == null ? Limit.DELETES : Limit.parse(maxDeletes);
  }

  private @Nullable Limit errors() {
    return maxErrors == null ? null : Limit.parse(maxErrors);
  }

  /** The request, with those of how rows are read. */
  public ImportRequest request(
      Function<Mode, CheckRequest> rows,
      boolean skipInvalid,
      InputOrigin origin,
      String toolVersion) {
    Mode chosen = chosenMode();
    return new ImportRequest(
        rows.apply(chosen),
        skipInvalid,
        chosen,
        chosenStrategy(),
        origin.origin(),
        origin.partial(),
        dryRun,
        deletes(),
        errors(),
        allowUnprotect,
        safetySnapshot == null || safetySnapshot,
        toolVersion,
        OptionNames.API,
        true);
  }
}
