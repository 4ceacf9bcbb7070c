package io.sluice.cli.progress;

import io.sluice.cli.text.Printable;
import io.sluice.report.Counts;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.report.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts outcomes while rows come to theirs, and notices the first failures. Thread-safe. */
final class OutcomeCounts implements Supplier<String> {
  private static final int CAUSES_TOLD = 5;

  /** What these mean is told of the whole run. */
  private static final Set<String> NO_NEWS = Set.of(RowResult.GAVE_UP, RowResult.STOPPED);

  /** Those that changes lead to; the others are known from the plan. */
  private static final List<Outcome> SHOWN =
      List.of(
          Outcome.CREATED,
          Outcome.UPDATED,
          Outcome.DELETED,
          Outcome.FAILED,
          Outcome.UNKNOWN,
          Outcome.UNPROCESSED);

  private final Tally tally = new Tally();
  private final Set<Cause> causes = new HashSet<>();

  private record Cause(Outcome outcome, @Nullable String code) {}

  /** Counts the row; true if it is the first that went wrong in its way, and few others did. */
  boolean add(RowResult result) {
    tally.add(result);
    boolean wrong = result.outcome() == Outcome.FAILED || result.outcome() == Outcome.UNKNOWN;
    boolean told = result.message() != null && !NO_NEWS.contains(String.valueOf(result.code()));
    synchronized (causes) {
      return wrong
          && told
          && causes.size() < CAUSES_TOLD
          && causes.add(new Cause(result.outcome(), result.code()));
    }
  }

  /** The counts that are not zero, such as {@code 1,200 created 3 failed}. */
  @Override
  public String get() {
    Counts rows = tally.rows();
    Counts deletes = tally.deletes();
    return SHOWN.stream()
        .filter(outcome -> rows.of(outcome) + deletes.of(outcome) > 0)
        .map(
            outcome ->
                Printable.count(rows.of(outcome) + deletes.of(outcome)) + " " + outcome.label())
        .collect(Collectors.joining("  "));
  }
}
