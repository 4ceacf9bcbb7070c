package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.match.RecordPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at records as they come, and at the end at all of them together. Keeps some 400 bytes of
 * each record that has a pattern. Blocking; for one thread.
 */
public final class Lint {
  private final Findings findings;
  private final CommentRules comments;
  private final RegexRules expressions;
  private final LiteralRules literals;
  private final Repeated repeated;
  private final Overlaps overlaps;
  private final Set<String> providers;
  private final Map<Resource, RecordList> lists = new LinkedHashMap<>();
  private long records;

  /**
   * Begins.
   *
   * @param stopped ends the comparison of all records early, without a result that counts
   */
  public Lint(LintSettings settings, BooleanSupplier stopped) {
    Map<KnownDomains, Set<String>> known = settings.known();
    findings = new Findings(settings);
    comments = new CommentRules(findings, settings.today());
    expressions = new RegexRules(findings);
    literals = new LiteralRules(findings, known);
    repeated = new Repeated(findings);
    overlaps = new Overlaps(findings, stopped);
    providers = Set.copyOf(known.getOrDefault(KnownDomains.SHARED_PROVIDERS, Set.of()));
  }

  /** Looks at one record, as the API gave it or as it would be written. It is not kept. */
  public void take(Resource resource, ObjectNode record) {
    records++;
    RecordName name = RecordName.of(resource, record);
    String comment = CommentRules.comment(resource, record);
    Set<LintRule> silenced =
        CommentMarks.in(
            comment, mark -> findings.warn(name + ": '" + mark + "' names no rule of lint"));
    comments.look(name, record, comment, silenced);
    if (findings.wants(LintRule.DUPLICATE)) {
      repeated.look(name, record, silenced);
    }
    RecordPattern pattern = RecordPattern.of(resource, record);
    if (pattern == null) {
      expressions.lookAtOther(name, record, silenced);
      return;
    }
    ListedRecord listed = ListedRecord.of(name, pattern, record, silenced);
    boolean everything = false;
    if (pattern.regex()) {
      everything = expressions.look(listed, providers, LiteralRules.concernsMail(listed));
    } else {
      literals.look(listed);
    }
    literals.verification(listed);
    lists.computeIfAbsent(resource, RecordList::new).add(listed, everything);
  }

  /** How many records were looked at so far. */
  public long records() {
    return records;
  }

  /** Looks at all records together. */
  public LintResult result() {
    lists.values().forEach(RecordList::build);
    overlaps.look(lists.values());
    return findings.result(records);
  }
}
