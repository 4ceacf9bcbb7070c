package io.sluice.pipeline.imports;

import io.sluice.report.RowResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the rows that a plan skips by why. Remembers a thousand reasons, so that memory stays
 * bounded whatever the messages say. For one thread at a time.
 */
final class SkipReasons {
  private static final int MOST = 1000;

  private final Map<PlanSummary.Skipped, Long> rows = new LinkedHashMap<>();

  /** Counts a row that is skipped. */
  void add(RowResult result) {
    PlanSummary.Skipped why =
        new PlanSummary.Skipped(
            Objects.requireNonNullElse(result.code(), ""),
            Objects.requireNonNullElse(result.message(), ""),
            0);
    if (rows.containsKey(why) || rows.size() < MOST) {
      rows.merge(why, 1L, Long::sum);
    }
  }

  /** The reasons of most rows, at most so many; among equals the first to be seen. */
  List<PlanSummary.Skipped> top(int most) {
    return rows.entrySet().stream()
        .sorted(Map.Entry.<PlanSummary.Skipped, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(
            entry ->
                new PlanSummary.Skipped(
                    entry.getKey().code(), entry.getKey().message(), entry.getValue()))
        .toList();
  }
}
