package io.sluice.pipeline.insight.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.match.Hit.By;
import io.sluice.pipeline.insight.match.NaiveMatching;
import io.sluice.pipeline.insight.match.Probe;
import io.sluice.pipeline.insight.match.RecordPattern;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The overlaps that lint finds are those that comparing every pair finds. */
final class OverlapsPropertiesTest {
  @Property(tries = 300)
  void everyConflictIsFoundOnceAndNoOther(
      @ForAll("lists") List<RecordPattern> allowed, @ForAll("lists") List<RecordPattern> blocked) {
    Set<String> naive = new TreeSet<>();
    for (int a = 0; a < allowed.size(); a++) {
      for (int b = 0; b < blocked.size(); b++) {
        if (meet(allowed.get(a), blocked.get(b))) {
          naive.add("a" + a + " b" + b);
        }
      }
    }

    List<String> found =
        lint(allowed, blocked).findings().stream()
            .filter(finding -> finding.rule() == LintRule.CONFLICT)
            .flatMap(
                finding -> finding.records().stream().skip(1).map(other -> pair(finding, other)))
            .toList();

    assertThat(found).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(found)).isEqualTo(naive);
  }

  @Property(tries = 300)
  void everythingShadowedIsSurelyCovered(@ForAll("lists") List<RecordPattern> blocked) {
    Set<String> naive = new TreeSet<>();
    for (int one = 0; one < blocked.size(); one++) {
      for (int wider = 0; wider < blocked.size(); wider++) {
        if (one != wider && covers(blocked.get(wider), blocked.get(one))) {
          naive.add("b" + one + " b" + wider);
        }
      }
    }

    List<String> found =
        lint(List.of(), blocked).findings().stream()
            .filter(finding -> finding.rule() == LintRule.SHADOWED)
            .flatMap(
                finding ->
                    finding.records().stream()
                        .skip(1)
                        .map(other -> finding.records().get(0).id() + " " + other.id()))
            .toList();

    assertThat(found).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(found)).isEqualTo(naive);
  }

  private static boolean meet(RecordPattern one, RecordPattern other) {
    if (one.regex() && other.regex()) {
      return one.text().equals(other.text());
    }
    return matches(one, other) || matches(other, one);
  }

  private static boolean matches(RecordPattern pattern, RecordPattern literal) {
    return !literal.regex()
        && NaiveMatching.by(pattern, Objects.requireNonNull(Probe.of(literal))) != null;
  }

  /** A block around it, the domain of an address, or an expression that matches it as a whole. */
  private static boolean covers(RecordPattern wider, RecordPattern one) {
    if (one.regex()) {
      return false;
    }
    Probe probe = Objects.requireNonNull(Probe.of(one));
    By by = NaiveMatching.by(wider, probe);
    if (by == By.REGEX) {
      String text = probe.block() == null ? probe.text() : probe.folded();
      Matcher matcher = Pattern.compile(wider.text()).matcher(text);
      boolean asWritten = matcher.find();
      return probe.domain().isEmpty()
          ? matcher.start() == 0 && matcher.end() == text.length()
          : !probe.domain().equals(probe.folded()) && whole(wider, probe, asWritten);
    }
    return by == By.BLOCK || (by == By.DOMAIN && probe.domain().equals(wider.folded()));
  }

  /** The first text in which it is found counts: as it is written, else folded. */
  private static boolean whole(RecordPattern wider, Probe probe, boolean asWritten) {
    String text = asWritten ? probe.text() : probe.folded();
    Matcher matcher = Pattern.compile(wider.text()).matcher(text);
    return matcher.find() && matcher.start() == 0 && matcher.end() == text.length();
  }

  private static String pair(Finding finding, RecordName other) {
    String first = finding.records().get(0).id();
    return first.startsWith("a") ? first + " " + other.id() : other.id() + " " + first;
  }

  private static LintResult lint(List<RecordPattern> allowed, List<RecordPattern> blocked) {
    Lint lint =
        new Lint(new LintSettings(Set.of(), LocalDate.of(2026, 11, 29), Map.of()), () -> false);
    for (int i = 0; i < allowed.size(); i++) {
      lint.take(Catalog.get("allow-policies"), record("a" + i, allowed.get(i)));
    }
    for (int i = 0; i < blocked.size(); i++) {
      lint.take(Catalog.get("block-senders"), record("b" + i, blocked.get(i)));
    }
    return lint.result();
  }

  private static ObjectNode record(String id, RecordPattern pattern) {
    ObjectNode record = JsonNodeFactory.instance.objectNode().put("id", id);
    record.put("pattern", pattern.text()).put("pattern_type", pattern.type().name());
    record.put("is_regex", pattern.regex()).put("is_acceptable_sender", true);
    return record.put("verify_sender", true).put("comments", "why");
  }

  @Provide
  Arbitrary<List<RecordPattern>> lists() {
    return NaiveMatching.patterns().list().ofMaxSize(12);
  }
}
