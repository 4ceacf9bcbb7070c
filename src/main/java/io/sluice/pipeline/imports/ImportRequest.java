package io.sluice.pipeline.imports;

import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.plan.Ownership;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The request of an import.
 *
 * @param rows how the input is read and checked
 * @param skipInvalid whether to go on without the rows that are invalid
 * @param mode what a row means
 * @param strategy how changes are sent
 * @param origin which account the rows were read from
 * @param partial why the rows are not all that their account holds, or null if they may be: a
 *     mirror of such rows would delete too much
 * @param dryRun whether to stop before the first change
 * @param maxDeletes how many deletes a plan may have, of the account's records
 * @param maxErrors how many rows may fail, of those that were tried; null for any number
 * @param allowUnprotect whether a domain may be deleted, which ends its protection
 * @param safetySnapshot whether what is there is saved before anything is deleted
 * @param lint what follows from findings of lint about what would be written
 * @param toolVersion the version that the results are marked with
 * @param named whether this kind of records was asked for by name: that the account does not offer
 *     it is an error then; else its rows are skipped
 * @param expiredBefore rows delete records alone whose last day lies before that day; null for all
 */
public record ImportRequest(
    CheckRequest rows,
    boolean skipInvalid,
    Mode mode,
    Strategy strategy,
    Origin origin,
    @Nullable String partial,
    boolean dryRun,
    Limit maxDeletes,
    @Nullable Limit maxErrors,
    boolean allowUnprotect,
    boolean safetySnapshot,
    LintChoice lint,
    String toolVersion,
    OptionNames names,
    boolean named,
    @Nullable LocalDate expiredBefore) {

  /** The same for a kind of records that is one of many: an account may do without it. */
  public ImportRequest amongOthers() {
    return with(dryRun, false, expiredBefore);
  }

  /** The same for records alone that have expired by that day: their last day lies before it. */
  public ImportRequest expiredBefore(LocalDate day) {
    return with(dryRun, named, day);
  }

  private ImportRequest with(boolean dry, boolean byName, @Nullable LocalDate expired) {
    return new ImportRequest(
        rows,
        skipInvalid,
        mode,
        strategy,
        origin,
        partial,
        dry,
        maxDeletes,
        maxErrors,
        allowUnprotect,
        safetySnapshot,
        lint,
        toolVersion,
        names,
        byName,
        expired);
  }

  /** Whose records the rows are, and when they end. */
  public Ownership ownership() {
    return rows.ownership();
  }

  /** The same without any change. */
  public ImportRequest rehearsed() {
    return with(true, named, expiredBefore);
  }

  /** The kind of records of the rows. */
  public Resource resource() {
    return rows.resource();
  }
}
