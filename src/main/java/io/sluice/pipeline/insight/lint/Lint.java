package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.KnownDomains;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.match.RecordPattern;
import io.sluice.pipeline.insight.regex.Expression;
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
  private final int most;
  private int kept;
  private long records;
  private long uncompared;
  private long unheld;

  /**
   * Begins.
   *
   * @param stopped ends the comparison of all records early, without a result that counts
   */
  public Lint(LintSettings settings, BooleanSupplier stopped) {
    this(settings, stopped, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Begins, with a limit to the findings.
   *
   * @param mostFindings how many findings of each rule are kept; further ones are counted
   */
  public Lint(LintSettings settings, BooleanSupplier stopped, int mostFindings) {
    this(settings, stopped, Integer.MAX_VALUE, mostFindings);
  }

  /**
   * Begins, with a limit to what is kept.
   *
   * @param most how many records are compared with each other; each further one is looked at by
   *     itself
   * @param mostFindings how many findings of each rule are kept; further ones are counted
   */
  Lint(LintSettings settings, BooleanSupplier stopped, int most, int mostFindings) {
    this.most = most;
    Map<KnownDomains, Set<String>> known = settings.known();
    findings = new Findings(settings, mostFindings);
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
    boolean compared = kept < most;
    uncompared += compared ? 0 : 1;
    if (compared && findings.wants(LintRule.DUPLICATE)) {
      repeated.look(name, record, silenced, false);
    }
    kept++;
    RecordPattern pattern = RecordPattern.of(resource, record);
    if (pattern == null) {
      expressions.lookAtOther(name, record, silenced);
      return;
    }
    ListedRecord listed = ListedRecord.of(name, pattern, record, silenced, false);
    boolean everything = false;
    if (pattern.regex()) {
      everything = expressions.look(listed, providers, LiteralRules.concernsMail(listed));
    } else {
      literals.look(listed);
    }
    literals.verification(listed);
    if (compared) {
      lists.computeIfAbsent(resource, RecordList::new).add(listed, everything);
    }
  }

  /** Keeps one record for others to be compared with. Nothing is said of it by itself. */
  void hold(Resource resource, ObjectNode record) {
    if (kept >= most) {
      unheld++;
      return;
    }
    kept++;
    RecordName name = RecordName.of(resource, record);
    Set<LintRule> silenced = CommentMarks.in(CommentRules.comment(resource, record), mark -> {});
    if (findings.wants(LintRule.DUPLICATE)) {
      repeated.look(name, record, silenced, true);
    }
    RecordPattern pattern = RecordPattern.of(resource, record);
    if (pattern != null) {
      boolean everything =
          pattern.regex() && Samples.allMatch(Expression.of(pattern.text()), pattern.compared());
      lists
          .computeIfAbsent(resource, RecordList::new)
          .add(ListedRecord.of(name, pattern, record, silenced, true), everything);
    }
  }

  boolean hasRoom() {
    return kept < most;
  }

  void leaveOut(long others) {
    unheld += others;
  }

  /** How many records were not compared with others, since there were too many. */
  long uncompared() {
    return uncompared;
  }

  /** How many records were not held for others to be compared with, since there were too many. */
  long unheld() {
    return unheld;
  }

  /** How many records were looked at so far. */
  public long records() {
    return records;
  }

  /** Looks at all records together. */
  public LintResult result() {
    literals.end();
    lists.values().forEach(RecordList::build);
    overlaps.look(lists.values());
    return findings.result(records);
  }
}
