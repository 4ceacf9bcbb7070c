package io.sluice.server.api;

import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.report.Outcome;
import io.sluice.server.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a job by outcome, deletes that no row asks for included: of its summary once it
 * stands still, of its progress while it runs, or where the summary has none.
 */
final class JobCounts {
  private JobCounts() {}

  static ObjectNode of(Job job) {
    boolean moves = job.state() == JobState.RUNNING || job.state() == JobState.QUEUED;
    ObjectNode summed = moves ? none() : summed(tree(job.summary()));
    return summed.isEmpty() ? summed(tree(job.progress())) : summed;
  }

  /** The numbers of a summary or a progress, those of its parts together. */
  static ObjectNode summed(JsonNode json) {
    ObjectNode sum = none();
    for (Outcome outcome : Outcome.values()) {
      long rows = count(json, outcome);
      for (JsonNode part : json.path("parts")) {
        rows += count(part, outcome);
      }
      if (rows > 0) {
        sum.put(outcome.label(), rows);
      }
    }
    return sum;
  }

  private static long count(JsonNode json, Outcome outcome) {
    long rows = 0;
    for (String group : List.of("counts", "deletes")) {
      rows += json.path(group).path(outcome.label()).asLong(0);
    }
    return rows;
  }

  private static JsonNode tree(@Nullable String text) {
    return text == null ? MissingNode.getInstance() : Json.tree(text);
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }
}
