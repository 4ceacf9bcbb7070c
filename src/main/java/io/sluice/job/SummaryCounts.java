package io.sluice.job;

import io.sluice.report.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the summary of a job counts, or its progress: those of its parts together.
 *
 * @param rows the rows by outcome, deletes that no row asks for included; none is zero
 * @param plan the planned rows by what is to be done with them, such as {@code create}
 */
public record SummaryCounts(Map<Outcome, Long> rows, Map<String, Long> plan) {
  private static final List<String> CHANGES = List.of("create", "update", "delete");

  /** Those of a summary, or of one part of it. */
  public static SummaryCounts of(JsonNode summary) {
    Map<Outcome, Long> rows = new EnumMap<>(Outcome.class);
    Map<String, Long> plan = new LinkedHashMap<>();
    add(summary, rows, plan);
    summary.path("parts").forEach(part -> add(part, rows, plan));
    return new SummaryCounts(rows, plan);
  }

  private static void add(JsonNode part, Map<Outcome, Long> rows, Map<String, Long> plan) {
    for (Outcome outcome : Outcome.values()) {
      long count =
          part.path("counts").path(outcome.label()).asLong(0)
              + part.path("deletes").path(outcome.label()).asLong(0);
      if (count > 0) {
        rows.merge(outcome, count, Long::sum);
      }
    }
    part.path("plan").forEachEntry((name, count) -> plan.merge(name, count.asLong(0), Long::sum));
  }

  /** The rows in words, such as {@code 4,998 created, 2 failed}; empty if there are none. */
  public String rowsInWords() {
    List<String> words = new ArrayList<>();
    rows.forEach((outcome, count) -> words.add(number(count) + " " + outcome.label()));
    return String.join(", ", words);
  }

  /** The planned changes in words, such as {@code 3 to create}; empty if there are none. */
  public String changesInWords() {
    List<String> words = new ArrayList<>();
    for (String action : CHANGES) {
      long count = plan.getOrDefault(action, 0L);
      if (count > 0) {
        words.add(number(count) + " to " + action);
      }
    }
    return String.join(", ", words);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
