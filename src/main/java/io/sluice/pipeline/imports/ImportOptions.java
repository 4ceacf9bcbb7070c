package io.sluice.pipeline.imports;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.plan.Mode;
import io.sluice.plan.Ownership;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of an import: as the command line, the HTTP API and stored jobs give it. Null means
 * the default. The description of the HTTP API is checked against this by a test.
 *
 * @param mode what a row means
 * @param strategy how changes are sent
 * @param dryRun whether to stop before the first change
 * @param maxDeletes how many deletes a plan may have: a number, or a share of the records
 * @param maxErrors how many rows may fail: a number, or a share of those tried; null for any number
 * @param allowUnprotect whether a domain may be deleted, which ends its protection
 * @param safetySnapshot whether what is there is saved before anything is deleted
 * @param lint what follows from findings of lint about what would be written
 * @param owner whose records the run works on; null to leave owners as they are
 * @param adopt whose records it takes over: an owner's, or, if it is empty, those without one
 * @param expires when records end whose rows do not say it: a day, or a number of days
 */
public record ImportOptions(
    @Nullable String mode,
    @Nullable String strategy,
    boolean dryRun,
    @Nullable String maxDeletes,
    @Nullable String maxErrors,
    boolean allowUnprotect,
    @Nullable Boolean safetySnapshot,
    @Nullable String lint,
    @Nullable String owner,
    @Nullable String adopt,
    @Nullable String expires) {
  /** All defaults. */
  public static final ImportOptions DEFAULT =
      new ImportOptions(null, null, false, null, null, false, null);

  /** Options without a choice of lint, with owners and ends left as they are. */
  public ImportOptions(
      @Nullable String mode,
      @Nullable String strategy,
      boolean dryRun,
      @Nullable String maxDeletes,
      @Nullable String maxErrors,
      boolean allowUnprotect,
      @Nullable Boolean safetySnapshot) {
    this(
        mode,
        strategy,
        dryRun,
        maxDeletes,
        maxErrors,
        allowUnprotect,
        safetySnapshot,
        null,
        null,
        null,
        null);
  }

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
   * @throws IllegalArgumentException saying what cannot
   */
  public ImportOptions check(OptionNames names) {
    chosenMode(names);
    chosenStrategy(names);
    deletes(names);
    errors(names);
    chosenLint(names);
    ownership(names);
    return this;
  }

  /**
   * Checks that all of it has an effect. Jobs that are kept are not checked: a default that is
   * written out may have been taken before.
   *
   * @param resources what the run is about
   * @throws IllegalArgumentException naming what has none, and what it belongs to
   */
  public void requireEffect(Collection<Resource> resources, OptionNames names) {
    requireOwners(resources, names);
    if (lint != null && chosenMode(names) == Mode.DELETE) {
      throw idleInDelete("lint", "which writes no record that could be checked", names);
    }
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
    Ownership ownership = ownership(names);
    if (!ownership.isNone()) {
      requireComment(rows.resource(), names);
    }
    return new ImportRequest(
        ownership.isNone() ? rows : rows.with(ownership),
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
        true,
        null);
  }

  /**
   * Whose records the run works on.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  public Ownership ownership(OptionNames names) {
    names.read("owner", () -> Ownership.of(owner, null, null));
    names.read("adopt", () -> Ownership.of(null, adopt, null));
    names.read("expires", () -> Ownership.of(null, null, expires));
    if (adopt != null && owner == null) {
      throw new IllegalArgumentException(
          names.of("adopt") + " needs " + names.of("owner") + ": who takes the records over?");
    } else if (adopt != null && adopt.equals(owner)) {
      throw new IllegalArgumentException(
          names.of("adopt") + ": records of " + owner + " are the run's own already");
    }
    return Ownership.of(owner, adopt, expires);
  }

  private void requireOwners(Collection<Resource> resources, OptionNames names) {
    if (expires != null && chosenMode(names) == Mode.DELETE) {
      throw idleInDelete("expires", "which leaves nothing that could end", names);
    } else if (adopt != null && chosenMode(names) == Mode.CREATE) {
      throw new IllegalArgumentException(
          names.of("adopt")
              + " has no effect with "
              + names.of("mode")
              + " create, which leaves every record as it is");
    } else if (owner != null || expires != null) {
      resources.forEach(resource -> requireComment(resource, names));
    }
  }

  private static IllegalArgumentException idleInDelete(
      String option, String why, OptionNames names) {
    return new IllegalArgumentException(
        names.of(option) + " has no effect with " + names.of("mode") + " delete, " + why);
  }

  /** Owner and end are kept in the comment, so that there must be one. */
  private void requireComment(Resource resource, OptionNames names) {
    if (resource.comment().isEmpty()) {
      throw new IllegalArgumentException(
          names.of(owner == null ? "expires" : "owner")
              + " has no effect on "
              + resource.slug()
              + ", whose records have no comment to keep it in");
    }
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
