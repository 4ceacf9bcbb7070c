package io.sluice.server;

import io.sluice.job.Job;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Answers that tell of a job that was asked for. */
final class JobAnswers {
  private JobAnswers() {}

  /** It will run. */
  static Answer taken(ObjectNode json, Job job) {
    return new Answer.Json(202, json, Map.of("Location", "/v1/jobs/" + job.id()));
  }

  /** The same request has asked for it before. */
  static Answer known(ObjectNode json, Job job) {
    return new Answer.Json(200, json, Map.of("Location", "/v1/jobs/" + job.id()));
  }
}
