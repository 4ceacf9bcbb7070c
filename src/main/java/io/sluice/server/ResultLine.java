package io.sluice.server;

import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.job.JobState;
import io.sluice.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What came of a job, or how far it is, in one line. */
final class ResultLine {
  private ResultLine() {}

  static String of(Job job) {
    String told = job.summary() != null ? job.summary() : job.progress();
    if (job.state() == JobState.QUEUED && job.startedAt() == null) {
      return "waiting";
    } else if (told == null) {
      return job.state().label();
    }
    JsonNode json = Json.tree(told);
    String error = json.path("error").path("message").asString("");
    String counts = job.summary() == null ? counts(json) : summary(job, json);
    if (job.state().ended() && counts.isEmpty()) {
      return error.isEmpty() ? job.state().label() : error;
    }
    return counts.isEmpty() ? job.state().label() : counts;
  }

  private static String summary(Job job, JsonNode summary) {
    if (job.spec() instanceof JobSpec.Export) {
      return summary.has("rows")
          ? count(summary.path("rows").asLong(0)) + " rows" + moved(summary)
          : "";
    } else if (job.spec() instanceof JobSpec.Diff) {
      return summary.has("resources") ? differences(summary) : "";
    } else if (job.dryRun() && summary.path("plan").isObject()) {
      return planned(summary.path("plan"));
    }
    return summary.has("parts")
        ? parts(job, summary.path("parts")) + moved(summary)
        : counts(summary);
  }

  private static String moved(JsonNode summary) {
    return summary.path("consistent").asBoolean(true) ? "" : ", lists moved meanwhile";
  }

  /** All parts together. */
  private static String parts(Job job, JsonNode parts) {
    ObjectNode sum = JsonNodeFactory.instance.objectNode();
    for (JsonNode part : parts) {
      for (String of : List.of("counts", "deletes", "plan")) {
        part.path(of)
            .forEachEntry(
                (name, count) ->
                    sum.withObject(of)
                        .put(name, sum.path(of).path(name).asLong(0) + count.asLong(0)));
      }
    }
    return job.dryRun() && sum.has("plan") ? planned(sum.path("plan")) : counts(sum);
  }

  private static String differences(JsonNode summary) {
    List<String> parts = new ArrayList<>();
    for (String kind : List.of("created", "changed", "deleted")) {
      long rows = summary.path(kind).asLong(0);
      if (rows > 0) {
        parts.add(count(rows) + " " + kind);
      }
    }
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
    return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
  }

  private static String counts(JsonNode json) {
    List<String> parts = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long rows =
          json.path("counts").path(outcome.label()).asLong(0)
              + json.path("deletes").path(outcome.label()).asLong(0);
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
