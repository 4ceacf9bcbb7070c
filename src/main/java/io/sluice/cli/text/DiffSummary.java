package io.sluice.cli.text;

import io.sluice.pipeline.compare.DiffRequest;
import io.sluice.pipeline.compare.Difference.Kind;
import io.sluice.pipeline.compare.ResourceDiff;
import io.sluice.pipeline.compare.Side;
import io.sluice.report.ExitCode;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a comparison.
 *
 * @param detailed whether differences are an exit code
 */
public record DiffSummary(
    DiffRequest request,
    List<ResourceDiff> results,
    List<String> warnings,
    boolean detailed,
    long requests,
    long millis) {

  /** How many differences of that kind there are. */
  public long of(Kind kind) {
    return results.stream().mapToLong(result -> result.of(kind)).sum();
  }

  /** How many kinds of records were left out, since a side lacks them or does not know them. */
  public int notCompared() {
    return request.leftOut().size() + request.resources().size() - results.size();
  }

  /** What the process ends with. */
  public int exit() {
    boolean different = results.stream().anyMatch(result -> result.differences() > 0);
    return (detailed && different ? ExitCode.DIFFERENT : ExitCode.OK).number();
  }

  /** The last line of --json. */
  public ObjectNode json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode summary = root.putObject("summary");
    summary.put("command", "diff");
    summary.put("exit", exit());
    summary.set("a", side(request.before()));
    summary.set("b", side(request.after()));
    for (Kind kind : Kind.values()) {
      summary.put(kind.label(), of(kind));
    }
    summary.put("not_compared", notCompared());
    summary.put("requests", requests);
    summary.put("duration_ms", millis);
    ArrayNode resources = summary.putArray("resources");
    for (ResourceDiff result : results) {
      ObjectNode one = resources.addObject();
      one.put("resource", result.resource().slug());
      one.put("a_rows", result.before());
      one.put("b_rows", result.after());
      for (Kind kind : Kind.values()) {
        one.put(kind.label(), result.of(kind));
      }
      one.put("alike", result.alike());
    }
    warnings.forEach(summary.putArray("warnings")::add);
    return root;
  }

  private static ObjectNode side(Side side) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("name", side.name());
    node.put("account", side.account());
    return node;
  }
}
