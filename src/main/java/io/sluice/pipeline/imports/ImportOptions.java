package io.sluice.pipeline.imports;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.plan.Mode;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is done with rows, and how: as the command line, the HTTP API and stored jobs give it. Null
 * means the default. The description of the HTTP API is checked against this by a test.
 *
 * @param mode what a row means
 * @param strategy how changes are sent
 * @param dryRun whether to stop before the first change
 * @param maxDeletes how many deletes a plan may have: a number, or a share of the records
 * @param maxErrors how many rows may fail: a number, or a share of those tried; null for any number
 * @param allowUnprotect whether a domain may be deleted, which ends its protection
 * @param safetySnapshot whether what is there is saved before anything is deleted
 * @param lint what follows from findings of lint about what would be written
 */
public record ImportOptions(
    @Nullable String mode,
    @Nullable String strategy,
    boolean dryRun,
    @Nullable String maxDeletes,
    @Nullable String maxErrors,
    boolean allowUnprotect,
    @Nullable Boolean safetySnapshot,
    @Nullable String lint) {

  /** Options without a choice of lint. */
  public ImportOptions(
      @Nullable String mode,
      @Nullable String strategy,
      boolean dryRun,
      @Nullable String maxDeletes,
      @Nullable String maxErrors,
      boolean allowUnprotect,
      @Nullable Boolean safetySnapshot) {
    this(mode, strategy, dryRun, maxDeletes, maxErrors, allowUnprotect, safetySnapshot, null);
  }

  /** All defaults. */
  public static final ImportOptions DEFAULT =
      new ImportOptions(null, null, false, null, null, false, null);

  /**
   * The mode.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Mode chosenMode(OptionNames names) {
    return names.read("mode", () -> mode == null ? Mode.UPSERT : Mode.named(mode));
  }

  /**
   * The same, if all of it can be understood.
   *
   * @param names what messages call the options
   * @throws IllegalArgumentException saying what cannot
   */
  public ImportOptions check(OptionNames names) {
    chosenMode(names);
    chosenStrategy(names);
    deletes(names);
    errors(names);
    chosenLint(names);
    return this;
  }

  /**
   * Checks that all of it has an effect. Jobs that are kept are not checked: a default that is
   * written out may have been taken before.
   *
   * @param resources what the run is about
   * @param names what messages call the options
   * @throws IllegalArgumentException naming what has none, and what it belongs to
   */
  public void requireEffect(Collection<Resource> resources, OptionNames names) {
    if (!chosenMode(names).deletes()) {
      if (maxDeletes != null) {
        throw idle(names.of("max-deletes"), names);
      } else if (allowUnprotect) {
        throw idle(names.of("allow-unprotect"), names);
      } else if (Boolean.FALSE.equals(safetySnapshot)) {
        throw idle(names.without("safety-snapshot"), names);
      }
    } else if (allowUnprotect && resources.stream().allMatch(ImportOptions::restorable)) {
      throw new IllegalArgumentException(
          names.of("allow-unprotect")
              + " has no effect on "
              + resources.stream().map(Resource::slug).collect(Collectors.joining(", "))
              + ": it belongs to "
              + Catalog.resources().stream()
                  .filter(resource -> !restorable(resource))
                  .map(Resource::slug)
                  .collect(Collectors.joining(", ")));
    }
  }

  /**
   * The request of an import that was asked for by name.
   *
   * @param rows how the rows are read and checked, for that mode
   * @throws IllegalArgumentException saying what cannot be understood
   */
  public ImportRequest request(
      CheckRequest rows,
      boolean skipInvalid,
      InputOrigin origin,
      String toolVersion,
      OptionNames names) {
    return new ImportRequest(
        rows,
        skipInvalid,
        rows.mode(),
        chosenStrategy(names),
        origin.origin(),
        origin.partial(),
        dryRun,
        deletes(names),
        errors(names),
        allowUnprotect,
        safetySnapshot == null || safetySnapshot,
        chosenLint(names),
        toolVersion,
        names,
        true);
  }

  private Strategy chosenStrategy(OptionNames names) {
    return names.read(
        "strategy", () -> strategy == null ? Strategy.AUTO : Strategy.named(strategy));
  }

  private LintChoice chosenLint(OptionNames names) {
    return names.read("lint", () -> lint == null ? LintChoice.WARN : LintChoice.named(lint));
  }

  private Limit deletes(OptionNames names) {
    return maxDeletes == null ? Limit.DELETES : limit("max-deletes", maxDeletes, names);
  }

  private @Nullable Limit errors(OptionNames names) {
    return maxErrors == null ? null : limit("max-errors", maxErrors, names);
  }

  private static Limit limit(String option, String text, OptionNames names) {
    return names.read(option, () -> Limit.parse(text));
  }

  private static boolean restorable(Resource resource) {
    return resource.can(Ability.CREATE);
  }

  private IllegalArgumentException idle(String option, OptionNames names) {
    return new IllegalArgumentException(
        option
            + " has no effect with "
            + names.of("mode")
            + " "
            + chosenMode(names).label()
            + ", which deletes nothing: it belongs to the modes mirror and delete");
  }
}
