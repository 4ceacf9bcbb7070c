package io.sluice.report;

import io.sluice.disk.ReplacedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a run ended, in numbers; {@code summary.json} holds it.
 *
 * @param runId the run's name
 * @param accountId the account that was written to
 * @param resource what kind of records
 * @param mode create, upsert, update, mirror or delete
 * @param dryRun whether only the plan was made
 * @param exit how the process ends
 * @param startedAt when the run began
 * @param finishedAt when it ended
 * @param rows how many data rows the input has
 * @param counts what became of them; they add up to {@code rows}
 * @param deletes what became of a mirror's deletes, which are no rows of the input
 * @param requests how many calls were made
 * @param failures the causes of most failures
 * @param files the files of the results directory, by what they are for: report, created, failed,
 *     journal
 * @param rewritten how many rows had their pattern rewritten
 * @param retryable how many of the rows left over may go through if they are tried again
 * @param heldBy how many rows were left alone for the owners of their records
 */
public record Summary(
    String runId,
    String accountId,
    String resource,
    String mode,
    boolean dryRun,
    ExitCode exit,
    Instant startedAt,
    Instant finishedAt,
    long rows,
    Counts counts,
    Counts deletes,
    long requests,
    List<FailureCause> failures,
    Map<String, String> files,
    long rewritten,
    long retryable,
    long heldBy) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public Summary {
    if (counts.total() != rows) {
      throw new IllegalArgumentException(
          rows + " rows, but " + counts.total() + " outcomes: a row was lost or counted twice");
    }
    failures = List.copyOf(failures);
  }

  /** Puts the summary at that path, in place of an earlier one. Blocking. */
  public void write(Path path) throws IOException {
    try (ReplacedFile file = new ReplacedFile(path)) {
      file.write(JSON.writeValueAsBytes(json()));
      file.write('\n');
      file.finish();
    }
  }

  /** The summary as the one JSON object that scripts read. */
  public ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("run_id", runId);
    root.put("account_id", accountId);
    root.put("resource", resource);
    root.put("mode", mode);
    root.put("dry_run", dryRun);
    root.put("exit", exit.number());
    root.put("started_at", startedAt.toString());
    root.put("finished_at", finishedAt.toString());
    root.put("rows", rows);
    root.put("rewritten", rewritten);
    put(root.putObject("counts"), counts);
    put(root.putObject("deletes"), deletes);
    root.put("held_by", heldBy);
    root.put("retryable", retryable);
    root.put("requests", requests);
    ArrayNode causes = root.putArray("failures");
    failures.forEach(cause -> put(causes.addObject(), cause));
    files.forEach(root.putObject("files")::put);
    return root;
  }

  private static void put(ObjectNode node, Counts counts) {
    counts.byOutcome().forEach((outcome, count) -> node.put(outcome.label(), count));
  }

  private static void put(ObjectNode node, FailureCause cause) {
    node.put("outcome", cause.outcome().label());
    node.put("code", cause.code());
    node.put("message", cause.message());
    node.put("count", cause.count());
    node.put("row", cause.row());
    node.put("line", cause.line());
    node.put("key", cause.key());
    node.put("retryable", cause.retryable());
  }
}
