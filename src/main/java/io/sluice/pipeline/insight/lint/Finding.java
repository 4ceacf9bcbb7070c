package io.sluice.pipeline.insight.lint;

import io.sluice.pipeline.insight.RecordName;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that is wrong with one record, or with several together.
 *
 * @param records the records that it is about; the first is the one to look at
 * @param message what is wrong, and why it matters
 * @param advice what to do
 */
public record Finding(LintRule rule, List<RecordName> records, String message, String advice) {
  /** The worst first; then by rule, and by the first record. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::rule)
          .thenComparing(finding -> finding.records().get(0).resource().slug())
          .thenComparing(finding -> finding.records().get(0).key())
          .thenComparing(finding -> finding.records().get(0).id());

  public Severity severity() {
    return rule.severity();
  }

  /** The finding as a sentence that names the record. */
  public String sentence() {
    String name = records.get(0).toString();
    return message.startsWith(name) ? message : name + ": " + message;
  }

  /** The finding as scripts read it. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rule", rule.id()).put("severity", severity().label());
    node.put("resource", records.get(0).resource().slug());
    ArrayNode about = node.putArray("records");
    records.forEach(record -> about.add(record.json()));
    return node.put("message", message).put("advice", advice);
  }
}
