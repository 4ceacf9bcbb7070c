package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Effect.Action;
import io.sluice.catalog.Effect.Party;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.match.Hit;
import io.sluice.pipeline.insight.match.Hit.By;
import io.sluice.pipeline.insight.match.PatternSearch;
import io.sluice.pipeline.insight.match.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Rules about records that concern each other: each literal one is looked up among the others, so
 * that the work grows with the lists and not with their product. Works on as many threads as there
 * are processors.
 */
final class Overlaps {
  private static final int NAMED = 20;
  private static final int PART = 2_000;

  private final Findings findings;
  private final BooleanSupplier stopped;

  /** A record that matches another one. */
  private record Found(ListedRecord record, Hit hit) {}

  Overlaps(Findings findings, BooleanSupplier stopped) {
    this.findings = findings;
    this.stopped = stopped;
  }

  void look(Collection<RecordList> lists) {
    List<RecordList> allowing = lists.stream().filter(one -> one.can(Action::allows)).toList();
    List<RecordList> blocking =
        lists.stream().filter(one -> one.can(action -> action == Action.BLOCKS)).toList();
    for (RecordList allow : allowing) {
      for (RecordList block : blocking) {
        if (findings.wants(LintRule.CONFLICT)) {
          each(allow, block, (record, found) -> conflict(record, found, false));
          each(block, allow, (record, found) -> conflict(record, found, true));
          sameExpressions(allow, block);
        }
      }
    }
    if (findings.wants(LintRule.OWN_DOMAIN_BLOCKED)) {
      for (RecordList own : lists) {
        if (own.isOfDomains()) {
          blocking.forEach(block -> each(own, block, this::ownDomain));
        }
      }
    }
    if (findings.wants(LintRule.SHADOWED)) {
      lists.stream()
          .filter(RecordList::isByPatternAlone)
          .forEach(list -> each(list, list, this::shadowed));
    }
  }

  /** Looks up every literal record of one list in another one; hands on those that match. */
  private void each(
      RecordList list, RecordList others, BiConsumer<ListedRecord, List<Found>> look) {
    int size = list.records().size();
    IntStream.range(0, (size + PART - 1) / PART)
        .parallel()
        .forEach(part -> part(list, others, part * PART, Math.min(size, (part + 1) * PART), look));
  }

  private void part(
      RecordList list,
      RecordList others,
      int from,
      int to,
      BiConsumer<ListedRecord, List<Found>> look) {
    PatternSearch search = new PatternSearch(others.index(), budget(list, to - from));
    List<Found> found = new ArrayList<>();
    for (int i = from; i < to && !stopped.getAsBoolean(); i++) {
      ListedRecord record = list.records().get(i);
      Probe probe = record.pattern().regex() ? null : Probe.of(record.pattern());
      if (probe == null) {
        continue;
      }
      found.clear();
      int place = i;
      search.find(
          probe,
          new PatternSearch.Visitor() {
            @Override
            public void hit(Hit hit) {
              if (others != list || hit.ordinal() != place) {
                found.add(new Found(others.records().get(hit.ordinal()), hit));
              }
            }

            @Override
            public void undecided(int ordinal, String why) {
              if (record.held() && others.records().get(ordinal).held()) {
                return;
              }
              findings.warn(
                  others.records().get(ordinal).name()
                      + ", compared with "
                      + list.resource()
                      + ": "
                      + why);
            }
          });
      if (record.held()) {
        found.removeIf(one -> one.record().held());
      }
      if (!found.isEmpty()) {
        look.accept(record, found);
      }
    }
  }

  /** The share of one part of a list in the whole budget. */
  private static long budget(RecordList list, int part) {
    long share = PatternSearch.WHOLE_BUDGET / Math.max(1, list.records().size()) * part;
    return Math.max(share, PatternSearch.WHOLE_BUDGET / 1_000);
  }

  private void conflict(ListedRecord record, List<Found> found, boolean equalsReported) {
    List<Found> against = new ArrayList<>();
    for (Found one : found) {
      boolean opposed =
          record.does(Party.SENDER, Action::allows)
              ? one.record().does(Party.SENDER, action -> action == Action.BLOCKS)
              : record.does(Party.SENDER, action -> action == Action.BLOCKS)
                  && one.record().does(Party.SENDER, Action::allows);
      if (opposed && !(equalsReported && one.hit().by() == By.EXACT)) {
        against.add(one);
      }
    }
    report(
        LintRule.CONFLICT,
        record,
        against,
        " and %s match the same sender; which one wins is not documented",
        "remove one of them, or make both so narrow that they do not meet");
  }

  private void sameExpressions(RecordList allow, RecordList block) {
    for (ListedRecord record : allow.records()) {
      if (record.pattern().regex()) {
        List<Found> found =
            block.withRegex(record.pattern().text()).stream()
                .filter(ordinal -> !record.held() || !block.records().get(ordinal).held())
                .map(
                    ordinal ->
                        new Found(
                            block.records().get(ordinal),
                            new Hit(ordinal, By.EXACT, record.pattern().text(), null)))
                .toList();
        conflict(record, found, false);
      }
    }
  }

  private void ownDomain(ListedRecord record, List<Found> found) {
    boolean own =
        record.pattern().type() == PatternType.DOMAIN
            && (record.does(Party.RECIPIENT, action -> action == Action.OWNS)
                || record.does(Party.SENDER, action -> action == Action.VOUCHES));
    if (own) {
      report(
          LintRule.OWN_DOMAIN_BLOCKED,
          record,
          found,
          record.does(Party.SENDER, action -> action == Action.VOUCHES)
              ? " is a domain that you trust, and %s blocks senders of it"
              : " is a domain of yours, and %s blocks senders of it",
          "remove the blocked sender, or narrow it down");
    }
  }

  private void shadowed(ListedRecord record, List<Found> found) {
    List<Found> wider =
        found.stream()
            .filter(one -> one.hit().by() != By.EXACT)
            .filter(one -> one.hit().doubt() == null)
            .filter(one -> one.record().doesWhat(record))
            .toList();
    report(
        LintRule.SHADOWED,
        record,
        wider,
        " does nothing that %s does not do already",
        "remove it, unless the wider one is to go");
  }

  private void report(
      LintRule rule, ListedRecord record, List<Found> others, String words, String advice) {
    if (others.isEmpty()) {
      return;
    }
    List<Found> left =
        others.stream()
            .filter(one -> !one.record().silences(rule))
            .sorted(Comparator.comparing(one -> one.hit().doubt() != null))
            .toList();
    if (record.silences(rule) || left.isEmpty()) {
      findings.add(new Finding(rule, List.of(record.name()), "", ""), true);
      return;
    }
    List<RecordName> names = new ArrayList<>(List.of(record.name()));
    left.stream().limit(NAMED).forEach(one -> names.add(one.record().name()));
    Hit first = left.get(0).hit();
    String more = left.size() == 1 ? "" : " and " + (left.size() - 1) + " more";
    String doubt = first.doubt() == null ? "" : " (" + first.doubt().text() + ")";
    String message =
        record.name()
            + words.replace("%s", left.get(0).record().name() + more)
            + " ["
            + first.by().label()
            + "]"
            + doubt;
    findings.add(new Finding(rule, List.copyOf(names), message, advice), false);
  }
}
