package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Defaults;
import io.sluice.catalog.Effect.Action;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.plan.AccountIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at the records that a run is about to write, together with what is known of the account.
 * What it keeps is a share of the heap at most: what goes beyond is looked at record by record
 * alone, and that is said. Blocking; for one thread.
 */
public final class LintOfPlan {
  /** So many findings of each rule are kept. */
  private static final int FINDINGS = 100;

  /** So many records are compared with each other at most, whatever the heap. */
  private static final int MOST = 50_000;

  /** A record that is kept takes up to so many bytes. */
  private static final long BYTES = 600;

  /** What is kept takes this share of the heap at most. */
  private static final long SHARE = 10;

  private final Lint lint;
  private final int most;
  private final Map<Resource, Long> rows = new LinkedHashMap<>();
  private final Map<Resource, Boolean> known = new HashMap<>();

  /**
   * Begins.
   *
   * @param stopped ends it early, without a result that counts
   */
  public LintOfPlan(LintSettings settings, BooleanSupplier stopped) {
    this(settings, stopped, (int) Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE / BYTES));
  }

  LintOfPlan(LintSettings settings, BooleanSupplier stopped, int most) {
    this.most = most;
    this.lint = new Lint(settings, stopped, most, FINDINGS);
  }

  /** True if nothing is to be written. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Takes a record as it would be when it is written. */
  public void write(Resource resource, ObjectNode record) {
    rows.merge(resource, 1L, Long::sum);
    lint.take(resource, record);
  }

  /**
   * Takes what is known of the account's records of a kind: those that are not written, as many as
   * are kept. Blocking.
   *
   * @param written the records that are written or deleted, by their place in the index
   * @param whole whether all of them were read
   * @param stop ends it early with an error
   */
  public void hold(
      Resource resource, AccountIndex index, BitSet written, boolean whole, StopSignal stop)
      throws IOException {
    int at = written.nextClearBit(0);
    while (at < index.size() && lint.hasRoom()) {
      stop.check();
      hold(resource, index.record(at).fields());
      at = written.nextClearBit(at + 1);
    }
    for (; at < index.size(); at = written.nextClearBit(at + 1)) {
      lint.leaveOut(1);
    }
    read(resource, whole);
  }

  /** Takes a record that the account holds and that is not written. */
  void hold(Resource resource, ObjectNode record) {
    lint.hold(resource, Defaults.completed(resource, record));
  }

  /**
   * Notes what is known of the account's records of a kind.
   *
   * @param whole whether all of them were read
   */
  void read(Resource resource, boolean whole) {
    known.put(resource, whole);
  }

  /** What is wrong, for each kind of records that would be written. */
  public Map<Resource, PlanFindings> result() {
    LintResult result = lint.result();
    Map<Resource, PlanFindings> parts = new LinkedHashMap<>();
    rows.forEach((resource, count) -> parts.put(resource, of(resource, count, result)));
    return parts;
  }

  private PlanFindings of(Resource resource, long count, LintResult result) {
    List<Finding> found =
        result.findings().stream().filter(finding -> about(finding).equals(resource)).toList();
    Map<LintRule, Long> counts = new EnumMap<>(LintRule.class);
    found.forEach(finding -> counts.merge(finding.rule(), 1L, Long::sum));
    boolean first = rows.keySet().iterator().next().equals(resource);
    if (first) {
      result.more().forEach((rule, more) -> counts.merge(rule, more, Long::sum));
    }
    List<String> gaps = new ArrayList<>(unread(resource));
    if (first) {
      gaps.addAll(cut());
      gaps.addAll(result.warnings());
    }
    return new PlanFindings(count, found, counts, first ? result.silenced() : 0, gaps);
  }

  /** The kind among those that are written that a finding is told with. */
  private Resource about(Finding finding) {
    return finding.records().stream()
        .map(RecordName::resource)
        .filter(rows::containsKey)
        .findFirst()
        .orElseGet(() -> rows.keySet().iterator().next());
  }

  private List<String> cut() {
    List<String> cut = new ArrayList<>();
    if (lint.uncompared() > 0) {
      cut.add(
          shown(lint.uncompared())
              + " rows were looked at by themselves and compared with no other: only "
              + shown(most)
              + " records are kept for that");
    }
    if (lint.unheld() > 0) {
      cut.add(
          shown(lint.unheld())
              + " records of the account were not compared with the rows: only "
              + shown(most)
              + " records are kept for that");
    }
    return cut;
  }

  /** Which kinds of records would have to be known, and are not. */
  private List<String> unread(Resource about) {
    List<String> gaps = new ArrayList<>();
    boolean allows = RecordList.can(about, Action::allows);
    boolean blocks = RecordList.can(about, action -> action == Action.BLOCKS);
    boolean owns = RecordList.isOfDomains(about);
    for (Resource other : Catalog.resources()) {
      boolean opposed =
          (allows && RecordList.can(other, action -> action == Action.BLOCKS))
              || (blocks && RecordList.can(other, Action::allows));
      boolean ofDomains =
          (blocks && RecordList.isOfDomains(other))
              || (owns && RecordList.can(other, action -> action == Action.BLOCKS));
      String rule =
          opposed ? LintRule.CONFLICT.id() : ofDomains ? LintRule.OWN_DOMAIN_BLOCKED.id() : "";
      if (other.equals(about) || rule.isEmpty()) {
        continue;
      }
      if (!known.containsKey(other)) {
        gaps.add("the account's " + other.slug() + " were not read (" + rule + ")");
      }
    }
    if (!known.getOrDefault(about, false)) {
      gaps.add(
          "of the account's "
              + about.slug()
              + " only those were read that the rows name (duplicate, shadowed)");
    }
    return gaps;
  }

  private static String shown(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
