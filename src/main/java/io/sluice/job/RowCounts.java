package io.sluice.job;

import io.sluice.job.store.StoredJson;
import io.sluice.report.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How many rows of which kind of records have which outcome, a mirror's deletes included. None is
 * zero.
 *
 * @param rows by the slug of the resource
 */
public record RowCounts(Map<String, Map<Outcome, Long>> rows) {
  /** No rows at all. */
  public static final RowCounts NONE = new RowCounts(Map.of());

  /**
   * Those of a job's summary.
   *
   * @param counted which outcomes count
   */
  static RowCounts of(JsonNode summary, Predicate<Outcome> counted) {
    Map<String, Map<Outcome, Long>> rows = new TreeMap<>();
    add(summary, counted, rows);
    summary.path("parts").forEach(part -> add(part, counted, rows));
    return new RowCounts(rows);
  }

  private static void add(
      JsonNode summary, Predicate<Outcome> counted, Map<String, Map<Outcome, Long>> rows) {
    String resource = summary.path("resource").asString("");
    SummaryCounts.of(summary)
        .rows()
        .forEach(
            (outcome, count) -> {
              if (!resource.isEmpty() && counted.test(outcome)) {
                rows.computeIfAbsent(resource, slug -> new EnumMap<>(Outcome.class))
                    .merge(outcome, count, Long::sum);
              }
            });
  }

  /** What is more here than there. */
  RowCounts beyond(RowCounts before) {
    Map<String, Map<Outcome, Long>> more = new TreeMap<>();
    rows.forEach(
        (resource, counts) ->
            counts.forEach(
                (outcome, count) -> {
                  long rest = count - before.count(resource, outcome);
                  if (rest > 0) {
                    more.computeIfAbsent(resource, slug -> new EnumMap<>(Outcome.class))
                        .put(outcome, rest);
                  }
                }));
    return new RowCounts(more);
  }

  /** Both together. */
  RowCounts plus(RowCounts other) {
    Map<String, Map<Outcome, Long>> sum = new TreeMap<>();
    for (RowCounts one : new RowCounts[] {this, other}) {
      one.rows.forEach(
          (resource, counts) ->
              counts.forEach(
                  (outcome, count) ->
                      sum.computeIfAbsent(resource, slug -> new EnumMap<>(Outcome.class))
                          .merge(outcome, count, Long::sum)));
    }
    return new RowCounts(sum);
  }

  /** How many rows of that kind of records have that outcome. */
  public long count(String resource, Outcome outcome) {
    return rows.getOrDefault(resource, Map.of()).getOrDefault(outcome, 0L);
  }

  /** As it is kept. */
  public String text() {
    return StoredJson.MAPPER.writeValueAsString(rows);
  }

  /** As it was kept; none if nothing was. */
  public static RowCounts read(@Nullable String text) {
    return text == null
        ? NONE
        : StoredJson.MAPPER.readValue("{\"rows\":" + text + "}", RowCounts.class);
  }
}
