package io.sluice.pipeline.imports.apply;

import io.sluice.format.OptionNames;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.Limit;
import io.sluice.report.Counts;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many rows may fail before a run stops.
 *
 * @param most null for any number
 * @param names what the options are called
 */
public record ErrorLimit(@Nullable Limit most, OptionNames names) {
  /** The code of a run that was stopped by it. */
  public static final String CODE = "too_many_errors";

  private static final int SHARE_COUNTS_FROM = 100;

  /** Why the run stops; empty if it goes on. */
  Optional<Failure> exceededBy(Counts rows) {
    long failed = rows.of(Outcome.FAILED);
    boolean early = most != null && most.share() != null && rows.total() < SHARE_COUNTS_FROM;
    if (most == null || early || failed <= most.of(rows.total())) {
      return Optional.empty();
    }
    return Optional.of(
        Failure.of(
            ExitCode.ROWS_FAILED,
            CODE,
            "stopped: more rows failed than "
                + names.with("max-errors", most.toString())
                + " allows",
            "find out why they failed; the rows that were not sent can still be sent"));
  }
}
