package io.sluice.pipeline.insight.lint;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds mistakes in the records of one kind that a run is about to write.
 *
 * @param rows how many of them were looked at
 * @param findings the worst first; of each rule, the first ones
 * @param counts how many findings of each rule there are
 * @param silenced how many findings the records' comments silence
 * @param gaps what was not looked at
 */
public record PlanFindings(
    long rows,
    List<Finding> findings,
    Map<LintRule, Long> counts,
    long silenced,
    List<String> gaps) {

  /** Keeps copies. */
  public PlanFindings {
    findings = List.copyOf(findings);
    Map<LintRule, Long> all = new EnumMap<>(LintRule.class);
    all.putAll(counts);
    counts = all;
    gaps = List.copyOf(gaps);
  }

  /** How many findings of that severity there are. */
  public long of(Severity severity) {
    return counts.entrySet().stream()
        .filter(rule -> rule.getKey().severity() == severity)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The findings as scripts read them. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows", rows);
    for (Severity severity : Severity.values()) {
      node.put(severity.label() + "s", of(severity));
    }
    ObjectNode byRule = node.putObject("counts");
    counts.forEach((rule, count) -> byRule.put(rule.id(), count));
    ArrayNode array = node.putArray("findings");
    findings.forEach(finding -> array.add(finding.json()));
    node.put("silenced", silenced);
    gaps.forEach(node.putArray("not_looked_at")::add);
    return node;
  }
}
