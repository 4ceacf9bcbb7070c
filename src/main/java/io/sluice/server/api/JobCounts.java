package io.sluice.server.api;

import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.job.SummaryCounts;
import io.sluice.server.http.Json;
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

  private static ObjectNode summed(JsonNode json) {
    ObjectNode sum = none();
    SummaryCounts.of(json).rows().forEach((outcome, rows) -> sum.put(outcome.label(), rows));
    return sum;
  }

  private static JsonNode tree(@Nullable String text) {
    return text == null ? MissingNode.getInstance() : Json.tree(text);
  }

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }
}
