package io.sluice.pipeline.insight.lint;

import io.sluice.pipeline.insight.RecordName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gathers findings, less what is silenced. Safe for several threads. */
final class Findings {
  private final LintSettings settings;
  private final int most;
  private final Map<LintRule, Integer> kept = new EnumMap<>(LintRule.class);
  private final Map<LintRule, Long> more = new EnumMap<>(LintRule.class);
  private final List<Finding> found = new ArrayList<>();
  private final TreeMap<String, Integer> warnings = new TreeMap<>();
  private long silenced;

  /**
   * @param most how many findings of a rule are kept; further ones are counted
   */
  Findings(LintSettings settings, int most) {
    this.settings = settings;
    this.most = most;
  }

  /** True if the rule is looked at. */
  boolean wants(LintRule rule) {
    return settings.looksFor(rule);
  }

  /** Adds a finding about one record. */
  void add(
      LintRule rule, RecordName name, Set<LintRule> silencedRules, String message, String advice) {
    if (wants(rule)) {
      add(new Finding(rule, List.of(name), message, advice), silencedRules.contains(rule));
    }
  }

  /** Adds a finding, unless it is silenced. */
  synchronized void add(Finding finding, boolean isSilenced) {
    if (isSilenced) {
      silenced++;
    } else if (wants(finding.rule())) {
      if (kept.merge(finding.rule(), 1, Integer::sum) <= most) {
        found.add(finding);
      } else {
        more.merge(finding.rule(), 1L, Long::sum);
      }
    }
  }

  /** Something kept part of the lists from being looked at. */
  synchronized void warn(String warning) {
    if (warnings.size() < most || warnings.containsKey(warning)) {
      warnings.merge(warning, 1, Integer::sum);
    } else {
      warnings.merge("further warnings of that kind", 1, Integer::sum);
    }
  }

  synchronized LintResult result(long records) {
    found.sort(Finding.ORDER);
    List<String> said = new ArrayList<>();
    warnings.forEach(
        (text, times) -> said.add(times == 1 ? text : text + " (" + times + " times)"));
    return new LintResult(List.copyOf(found), more, records, silenced, List.copyOf(said));
  }
}
