package io.sluice.server.api;

import io.sluice.job.Job;
import io.sluice.job.Made;
import io.sluice.server.http.Answer;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Answers to a request for a job. */
final class JobAnswers {
  private JobAnswers() {}

  /** It will run, or the same request has asked for it before. */
  static Answer made(ObjectNode json, Made<Job> made) {
    return made.again() ? known(json, made.thing()) : taken(json, made.thing());
  }

  /** It will run. */
  private static Answer taken(ObjectNode json, Job job) {
    return new Answer.Json(202, json, Map.of("Location", "/v1/jobs/" + job.id()));
  }

  /** The same request has asked for it before. */
  private static Answer known(ObjectNode json, Job job) {
    return new Answer.Json(200, json, Map.of("Location", "/v1/jobs/" + job.id()));
  }
}
