package io.sluice.pipeline.insight.history;

import io.sluice.report.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a history.
 *
 * @param snapshots how many snapshots there are
 * @param first the name of the oldest one
 * @param last the name of the newest one
 * @param there the records that were asked for by key and are in the oldest snapshot that holds
 *     their kind, with that snapshot's name
 * @param damaged the snapshots that are not as they were written, and were left out
 */
public record HistorySummary(
    int snapshots,
    String first,
    String last,
    long created,
    long changed,
    long deleted,
    List<There> there,
    List<String> damaged,
    @Nullable String key) {

  /** A record that is there from the first snapshot on, by its resource and key. */
  public record There(String resource, String key, String in) {}

  /** What it ends with: a snapshot that was left out may hide changes. */
  public ExitCode exit() {
    return damaged.isEmpty() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED;
  }

  /** The summary as scripts read it. */
  public ObjectNode json(List<String> warnings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode summary = root.putObject("summary");
    summary.put("command", "history").put("exit", exit().number());
    summary.put("snapshots", snapshots).put("first", first).put("last", last);
    summary.put("created", created).put("changed", changed).put("deleted", deleted);
    if (key != null) {
      ArrayNode array = summary.putArray("there_before");
      for (There one : there) {
        array
            .addObject()
            .put("resource", one.resource())
            .put("key", one.key())
            .put("snapshot", one.in());
      }
    }
    damaged.forEach(summary.putArray("damaged")::add);
    warnings.forEach(summary.putArray("warnings")::add);
    return root;
  }
}
