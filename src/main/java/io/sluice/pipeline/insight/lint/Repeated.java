package io.sluice.pipeline.insight.lint;

import io.sluice.pipeline.insight.RecordName;
import io.sluice.plan.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Records with the same key, once it is folded. */
final class Repeated {
  private final Findings findings;
  private final Map<String, First> firsts = new HashMap<>();

  private record First(RecordName name, Set<LintRule> silenced, boolean held) {}

  Repeated(Findings findings) {
    this.findings = findings;
  }

  void look(RecordName name, ObjectNode record, Set<LintRule> silenced, boolean held) {
    Key key = Key.of(name.resource(), record).orElse(null);
    if (key == null) {
      return;
    }
    String text = name.resource().name() + "\u0000" + String.join("\u0000", key.folded());
    First first = firsts.putIfAbsent(text, new First(name, silenced, held));
    if (first != null && !(held && first.held())) {
      boolean quiet =
          silenced.contains(LintRule.DUPLICATE) || first.silenced().contains(LintRule.DUPLICATE);
      findings.add(
          new Finding(
              LintRule.DUPLICATE,
              List.of(name, first.name()),
              name + " means the same as " + first.name() + shownId(first.name()),
              "keep one of them; where they differ, which one counts is not documented"),
          quiet);
    }
  }

  private static String shownId(RecordName name) {
    return name.id().isEmpty() ? "" : " (id " + name.id() + ")";
  }
}
