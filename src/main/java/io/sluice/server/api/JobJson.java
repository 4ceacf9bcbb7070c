package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.job.Jobs;
import io.sluice.job.Made;
import io.sluice.job.approval.Approval;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Upload;
import io.sluice.job.files.Uploads;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Json;
import io.sluice.server.http.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of jobs. Blocking. */
public final class JobJson {
  private final Jobs jobs;
  private final JobFiles files;
  private final Uploads uploads;

  public JobJson(Jobs jobs, JobFiles files, Uploads uploads) {
    this.jobs = jobs;
    this.files = files;
    this.uploads = uploads;
  }

  /**
   * The job that the path names.
   *
   * @throws io.sluice.server.http.ProblemException if there is none
   */
  Job job(Exchange exchange) {
    return jobs.get(exchange.path("id"))
        .orElseThrow(() -> Problem.missing("there is no such job").exception());
  }

  /** The answer to a request for a job, which will run, or was asked for before. */
  Answer made(Made<Job> made) throws IOException {
    Job job = made.thing();
    Map<String, String> headers = Map.of("Location", "/v1/jobs/" + job.id());
    return new Answer.Json(made.again() ? 200 : 202, of(job), headers);
  }

  ObjectNode of(Job job) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", job.id());
    json.put("kind", job.kind().label());
    json.put("profile", job.profile());
    json.put("account", job.account());
    job.resources().forEach(json.putArray("resources")::add);
    json.put("dry_run", job.dryRun());
    json.put("state", job.state().label());
    json.put("request", job.request() == null ? null : job.request().label());
    json.put("waits_for", jobs.waitsFor(job).orElse(null));
    json.put("exit", job.exit());
    json.put("result", ResultLine.of(job));
    json.set("counts", JobCounts.of(job));
    embed(json, "progress", job.progress());
    if (job.state() != JobState.RUNNING && json.path("progress") instanceof ObjectNode still) {
      // Nothing moves, so nothing is fast or takes time.
      still.putNull("rows_per_second").putNull("seconds_left");
    }
    embed(json, "summary", job.summary());
    json.set("spec", Json.MAPPER.<ObjectNode>valueToTree(job.spec()));
    json.withObject("spec").put("kind", job.spec().jobKind().label());
    json.put("file_name", fileName(job.spec()));
    json.put("made_by", job.madeBy());
    json.put("made_at", job.madeAt().toString());
    json.put("started_at", text(job.startedAt()));
    json.put("ended_at", text(job.endedAt()));
    json.put("schedule", job.schedule());
    approval(json, job);
    can(json, job);
    retryable(json, job);
    for (JobFiles.ResultFile file : files.results(job.id())) {
      json.withArray("files").addObject().put("name", file.name()).put("bytes", file.bytes());
    }
    json.withArray("files");
    return json;
  }

  /**
   * A job among others: its plan's findings of lint are counted, and only its own page has each.
   */
  ObjectNode listed(Job job) throws IOException {
    ObjectNode json = of(job);
    JsonNode summary = json.path("summary");
    for (JsonNode part : summary.has("parts") ? summary.path("parts") : List.of(summary)) {
      if (part.at("/plan/lint") instanceof ObjectNode lint) {
        lint.remove("findings");
      }
    }
    return json;
  }

  /** The name of the file that is imported, as it was sent; null if there is none, or no longer. */
  private @Nullable String fileName(JobSpec spec) {
    return spec instanceof ImportSpec imported
        ? uploads.get(imported.upload()).map(Upload::name).orElse(null)
        : null;
  }

  private void approval(ObjectNode json, Job job) {
    Approval known = jobs.decisions().of(job).orElse(null);
    if (known == null) {
      json.putNull("approval");
      return;
    }
    ObjectNode approval = json.putObject("approval");
    jobs.decisions().authors(job).forEach(approval.putArray("authors")::add);
    approval
        .put("decision", known.decision().label())
        .put("plan_sha256", known.plan())
        .put("changes", known.changes())
        .put("deletes", known.deletes())
        .put("asked_at", known.askedAt().toString())
        .put("expires_at", text(known.expiresAt()))
        .put("decided_by", known.decidedBy())
        .put("decided_at", text(known.decidedAt()))
        .put("reason", known.reason());
  }

  private void can(ObjectNode json, Job job) {
    boolean under = job.state() == JobState.QUEUED || job.state() == JobState.RUNNING;
    var can = json.putArray("can");
    boolean waits = job.state() == JobState.AWAITING_APPROVAL;
    if ((under || waits || job.state() == JobState.PAUSED) && job.request() == null) {
      can.add("cancel");
    }
    if (under && job.request() == null) {
      can.add("pause");
    }
    if (jobs.lifecycle().canResume(job)) {
      can.add("resume");
    }
    boolean rows =
        !(job.spec() instanceof ExportSpec
            || job.spec() instanceof DiffSpec
            || job.spec() instanceof InsightSpec);
    if (rows && !job.dryRun() && jobs.canRetry(job)) {
      can.add("retry");
    }
  }

  /** By kind of records, as a retry of those rows takes them. */
  private static void retryable(ObjectNode json, Job job) {
    ArrayNode kinds = json.putArray("retryable");
    JsonNode summary = json.path("summary");
    if (!job.state().ended() || job.dryRun()) {
      return;
    }
    for (JsonNode part : summary.has("parts") ? summary.path("parts") : List.of(summary)) {
      long rows = part.path("retryable").asLong(0);
      if (rows > 0) {
        String resource = Catalog.get(part.path("resource").asString()).slug();
        kinds.addObject().put("resource", resource).put("rows", rows);
      }
    }
  }

  private static void embed(ObjectNode json, String name, @Nullable String text) {
    json.set(name, text == null ? null : Json.tree(text));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
