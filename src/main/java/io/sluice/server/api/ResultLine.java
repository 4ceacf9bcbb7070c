package io.sluice.server.api;

import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.InsightSpec;
import io.sluice.report.Outcome;
import io.sluice.server.http.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The result or progress of a job in one line. */
final class ResultLine {
  private static final Map<String, String> DIFFERENCES = new LinkedHashMap<>();

  static {
    DIFFERENCES.put("deleted", "only in the first");
    DIFFERENCES.put("created", "only in the second");
    DIFFERENCES.put("changed", "changed");
  }

  private ResultLine() {}

  static String of(Job job) {
    if (job.state() == JobState.QUEUED && job.startedAt() == null) {
      return "waiting";
    }
    if (job.state() == JobState.AWAITING_APPROVAL) {
      return "awaits approval";
    }
    boolean stands = job.state().ended() || job.state() == JobState.PAUSED;
    JsonNode json = stands && job.summary() != null ? Json.tree(job.summary()) : null;
    String line = json == null ? "" : summary(job, json);
    line = line.isEmpty() ? counts(JobCounts.of(job)) : line;
    if (line.isEmpty() && json != null && job.state().ended()) {
      line = json.path("error").path("message").asString("");
    }
    return line.isEmpty() ? job.state().label() : line;
  }

  private static String summary(Job job, JsonNode summary) {
    if (job.spec() instanceof ExportSpec) {
      return summary.has("rows")
          ? count(summary.path("rows").asLong(0)) + " rows" + moved(summary)
          : "";
    } else if (job.spec() instanceof DiffSpec) {
      return summary.has("resources") ? differences(summary) : "";
    } else if (job.spec() instanceof InsightSpec) {
      return looked(summary);
    } else if (job.dryRun() && summary.path("plan").isObject()) {
      return planned(summary.path("plan"));
    }
    return summary.has("parts")
        ? parts(job, summary.path("parts")) + moved(summary)
        : counts(JobCounts.summed(summary));
  }

  private static String looked(JsonNode summary) {
    if (summary.has("found")) {
      JsonNode found = summary.path("found");
      return count(found.path("error").asLong(0))
          + " errors, "
          + count(found.path("warning").asLong(0))
          + " warnings, "
          + count(found.path("note").asLong(0))
          + " notes";
    }
    return summary.has("matches") ? count(summary.path("matches").size()) + " matches" : "";
  }

  private static String moved(JsonNode summary) {
    return summary.path("consistent").asBoolean(true) ? "" : ", lists moved meanwhile";
  }

  /** All parts together. */
  private static String parts(Job job, JsonNode parts) {
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    for (JsonNode part : parts) {
      part.path("plan").forEachEntry((name, count) -> add(plan, name, count));
      JobCounts.summed(part).forEachEntry((name, count) -> add(counts, name, count));
    }
    return job.dryRun() && !plan.isEmpty() ? planned(plan) : counts(counts);
  }

  private static void add(ObjectNode sum, String name, JsonNode count) {
    sum.put(name, sum.path(name).asLong(0) + count.asLong(0));
  }

  private static String differences(JsonNode summary) {
    List<String> parts = new ArrayList<>();
    DIFFERENCES.forEach(
        (kind, words) -> {
          long rows = summary.path(kind).asLong(0);
          if (rows > 0) {
            parts.add(count(rows) + " " + words);
          }
        });
    return parts.isEmpty() ? "no differences" : String.join(", ", parts);
  }

  private static String planned(JsonNode plan) {
    List<String> parts = new ArrayList<>();
    for (String action : List.of("create", "update", "delete")) {
      long rows = plan.path(action).asLong(0);
      if (rows > 0) {
        parts.add(count(rows) + " to " + action);
      }
    }
    return parts.isEmpty() ? "nothing to do" + left(plan) : String.join(", ", parts);
  }

  /** The treatment of rows that change nothing. */
  private static String left(JsonNode plan) {
    List<String> parts = new ArrayList<>();
    for (String outcome : List.of("unchanged", "skipped", "invalid", "failed")) {
      long rows = plan.path(outcome).asLong(0);
      if (rows > 0) {
        parts.add(count(rows) + " " + outcome);
      }
    }
    return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
  }

  private static String counts(JsonNode counts) {
    List<String> parts = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long rows = counts.path(outcome.label()).asLong(0);
      if (rows > 0) {
        parts.add(count(rows) + " " + outcome.label());
      }
    }
    return String.join(", ", parts);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
