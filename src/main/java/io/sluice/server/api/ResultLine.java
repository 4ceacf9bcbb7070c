package io.sluice.server.api;

import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.job.SummaryCounts;
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
    }
    SummaryCounts counts = SummaryCounts.of(summary);
    boolean planned = job.dryRun() && !counts.plan().isEmpty();
    return (planned ? planned(counts) : counts.rowsInWords()) + moved(summary);
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

  private static String planned(SummaryCounts counts) {
    String changes = counts.changesInWords();
    return changes.isEmpty() ? "nothing to do" + left(counts.plan()) : changes;
  }

  /** The treatment of rows that change nothing. */
  private static String left(Map<String, Long> plan) {
    List<String> parts = new ArrayList<>();
    for (String outcome : List.of("unchanged", "skipped", "invalid", "failed")) {
      long rows = plan.getOrDefault(outcome, 0L);
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
