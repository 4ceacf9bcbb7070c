package io.sluice.pipeline.insight.lint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.pipeline.insight.RecordName;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings in the format that code scanning understands. Source: OASIS, "Static Analysis Results
 * Interchange Format (SARIF) Version 2.1.0".
 */
public final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String VERSION = "2.1.0";
  private static final String FINGERPRINT = "sluice/v1";

  private Sarif() {}

  /**
   * The log of one run.
   *
   * @param source what was looked at, as a relative path or profile:NAME
   * @param toolVersion the Sluice that looked
   */
  public static ObjectNode log(LintResult result, String source, String toolVersion) {
    ObjectNode log = outline(result, toolVersion);
    results(result, source).forEachRemaining(results(log)::add);
    return log;
  }

  /** The empty array of results in an {@link #outline}. */
  public static ArrayNode results(ObjectNode outline) {
    return (ArrayNode) outline.at("/runs/0/results");
  }

  /** The results, one after the other, as there may be very many. */
  public static Iterator<ObjectNode> results(LintResult result, String source) {
    return result.findings().stream().map(finding -> result(finding, source)).iterator();
  }

  /** The log without its results. */
  public static ObjectNode outline(LintResult result, String toolVersion) {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", SCHEMA).put("version", VERSION);
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "sluice").put("version", toolVersion);
    ArrayNode rules = driver.putArray("rules");
    Arrays.stream(LintRule.values()).forEach(rule -> rules.add(rule(rule)));
    run.put("columnKind", "utf16CodeUnits");
    run.putArray("results");
    notifications(run, result.warnings());
    return log;
  }

  private static ObjectNode rule(LintRule rule) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", rule.id());
    node.putObject("shortDescription").put("text", rule.finds());
    node.putObject("help").put("text", RulePage.of(rule));
    node.putObject("defaultConfiguration").put("level", rule.severity().label());
    return node;
  }

  private static ObjectNode result(Finding finding, String source) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ruleId", finding.rule().id());
    node.put("ruleIndex", LintRule.ids().indexOf(finding.rule().id()));
    node.put("level", finding.severity().label());
    node.putObject("message").put("text", finding.message() + ". To do: " + finding.advice() + ".");
    ArrayNode locations = node.putArray("locations");
    RecordName first = finding.records().get(0);
    locations.add(location(first, source));
    List<RecordName> others = finding.records().subList(1, finding.records().size());
    if (!others.isEmpty()) {
      ArrayNode related = node.putArray("relatedLocations");
      others.forEach(other -> related.add(location(other, source)));
    }
    node.putObject("partialFingerprints")
        .put(FINGERPRINT, finding.rule().id() + ":" + first.resource().slug() + ":" + first.key());
    return node;
  }

  /** Code scanning shows no result without a place in a file; records have none but their list. */
  private static ObjectNode location(RecordName name, String source) {
    ObjectNode location = JsonNodeFactory.instance.objectNode();
    ObjectNode place = location.putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(source, name));
    place.putObject("region").put("startLine", 1);
    ObjectNode logical = location.putArray("logicalLocations").addObject();
    logical.put("name", name.key()).put("fullyQualifiedName", name.toString());
    if (!name.id().isEmpty()) {
      logical.putObject("properties").put("id", name.id());
    }
    return location;
  }

  private static String uri(String source, RecordName name) {
    StringBuilder uri = new StringBuilder();
    String path = source.replace('\\', '/').replace(':', '/');
    for (byte one : path.getBytes(UTF_8)) {
      char c = (char) (one & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "/._-~".indexOf(c) >= 0);
      uri.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    boolean file = path.matches(".*\\.[A-Za-z]{1,6}");
    return file ? uri.toString() : uri + "/" + name.resource().slug();
  }

  private static void notifications(ObjectNode run, List<String> warnings) {
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put("executionSuccessful", true);
    ArrayNode notes = invocation.putArray("toolExecutionNotifications");
    for (String warning : warnings) {
      ObjectNode note = notes.addObject();
      note.put("level", "warning").putObject("message").put("text", warning);
    }
  }
}
