package io.sluice.pipeline.insight.lint;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The findings of lint.
 *
 * @param findings the worst first
 * @param more how many findings of each rule there are besides, which were counted and not kept
 * @param records how many records were looked at
 * @param silenced how many findings the records' comments silence
 * @param warnings what kept part of the lists from being looked at
 */
public record LintResult(
    List<Finding> findings,
    Map<LintRule, Long> more,
    long records,
    long silenced,
    List<String> warnings) {
  /** The name of the findings in JSON. */
  public static final String FINDINGS = "findings";

  /** Keeps a copy. */
  public LintResult {
    more = Map.copyOf(more);
  }

  /** How many findings of each rule there are, by the rule's name. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    findings.forEach(finding -> counts.merge(finding.rule().id(), 1, Integer::sum));
    more.forEach((rule, count) -> counts.merge(rule.id(), count.intValue(), Integer::sum));
    return counts;
  }

  /** Which findings are counted and not kept, in words; none if all are kept. */
  public List<String> leftOut() {
    return more.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            rule ->
                String.format(
                    Locale.ROOT,
                    "of %s only %,d findings are kept here, and %,d more are counted; 'sluice lint'"
                        + " shows all",
                    rule.getKey().id(),
                    findings.stream().filter(finding -> finding.rule() == rule.getKey()).count(),
                    rule.getValue()))
        .toList();
  }

  /** How many findings of that severity there are. */
  public long of(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count()
        + more.entrySet().stream()
            .filter(rule -> rule.getKey().severity() == severity)
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  /** True if there is a finding that is at least as bad; never for null. */
  public boolean isAsBadAs(@Nullable Severity least) {
    return least != null
        && findings.stream().anyMatch(finding -> finding.severity().compareTo(least) <= 0);
  }

  /** The result as scripts read it. */
  public ObjectNode json(int exit, List<String> otherWarnings) {
    ObjectNode root = outline(exit, otherWarnings);
    findings.forEach(finding -> root.withArray(FINDINGS).add(finding.json()));
    return root;
  }

  /** The same with the array {@link #FINDINGS} still empty, as there may be very many. */
  public ObjectNode outline(int exit, List<String> otherWarnings) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("command", "lint").put("exit", exit);
    root.putArray(FINDINGS);
    ObjectNode counts = root.putObject("counts");
    counts().forEach(counts::put);
    root.put("records", records).put("silenced", silenced);
    ArrayNode said = root.putArray("warnings");
    otherWarnings.forEach(said::add);
    warnings.forEach(said::add);
    return root;
  }
}
