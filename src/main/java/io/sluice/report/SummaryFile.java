package io.sluice.report;

import io.sluice.disk.ReplacedFile;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code summary.json}. */
public final class SummaryFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SummaryFile() {}

  /** Puts the summary at that path, in place of an earlier one. Blocking. */
  public static void write(Path path, Summary summary) throws IOException {
    try (ReplacedFile file = new ReplacedFile(path)) {
      file.write(JSON.writeValueAsBytes(json(summary)));
      file.write('\n');
      file.finish();
    }
  }

  /** The summary as the one JSON object that scripts read. */
  public static ObjectNode json(Summary summary) {
    ObjectNode root = JSON.createObjectNode();
    root.put("run_id", summary.runId());
    root.put("account_id", summary.accountId());
    root.put("resource", summary.resource());
    root.put("mode", summary.mode());
    root.put("dry_run", summary.dryRun());
    root.put("exit", summary.exit().number());
    root.put("started_at", summary.startedAt().toString());
    root.put("finished_at", summary.finishedAt().toString());
    root.put("rows", summary.rows());
    root.put("rewritten", summary.rewritten());
    counts(root.putObject("counts"), summary.counts());
    counts(root.putObject("deletes"), summary.deletes());
    root.put("held_by", summary.heldBy());
    root.put("retryable", summary.retryable());
    root.put("requests", summary.requests());
    summary.failures().forEach(cause -> failure(root.withArray("failures").addObject(), cause));
    if (summary.failures().isEmpty()) {
      root.putArray("failures");
    }
    ObjectNode files = root.putObject("files");
    summary.files().forEach(files::put);
    return root;
  }

  private static void counts(ObjectNode node, Counts counts) {
    counts.byOutcome().forEach((outcome, count) -> node.put(outcome.label(), count));
  }

  private static void failure(ObjectNode node, FailureCause cause) {
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
