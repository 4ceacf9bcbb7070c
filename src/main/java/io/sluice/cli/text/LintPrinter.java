package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.insight.RecordName;
import io.sluice.pipeline.insight.lint.Finding;
import io.sluice.pipeline.insight.lint.LintResult;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.insight.lint.Severity;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Prints what is wrong with lists: the worst first, rule by rule. */
public final class LintPrinter {
  /** So many findings of a rule are shown unless all are asked for. */
  private static final int SHOWN = 20;

  private final Console console;
  private final boolean all;
  private final Severity least;

  /**
   * A printer that prints, if it is to be quiet, what is a failure and nothing else.
   *
   * @param all whether every finding is shown, or the first of each rule
   * @param failOn the severity from which on a finding is a failure; null for never
   */
  public LintPrinter(Console console, boolean all, @Nullable Severity failOn) {
    this.console = console;
    this.all = all;
    this.least =
        !console.quiet() ? Severity.NOTE : Objects.requireNonNullElse(failOn, Severity.ERROR);
  }

  /** Prints the findings and what they come to. */
  public void print(LintResult result) {
    if (console.quiet() && !result.isAsBadAs(least)) {
      return;
    }
    for (LintRule rule : LintRule.values()) {
      if (rule.severity().compareTo(least) > 0) {
        continue;
      }
      List<Finding> found =
          result.findings().stream().filter(finding -> finding.rule() == rule).toList();
      if (!found.isEmpty()) {
        print(rule, found);
      }
    }
    console.say(summary(result));
  }

  private void print(LintRule rule, List<Finding> found) {
    String severity = rule.severity().label();
    console.say(
        console.style(color(rule.severity()), severity)
            + " "
            + console.style("bold", rule.id())
            + " ("
            + Printable.count(found.size())
            + "): "
            + rule.finds());
    found.stream().limit(all ? Long.MAX_VALUE : SHOWN).forEach(this::print);
    int left = found.size() - SHOWN;
    if (!all && left > 0) {
      console.say("  … and " + Printable.count(left) + " more; -v or --format json shows all");
    }
    console.say("  to do: " + advice(found));
  }

  private void print(Finding finding) {
    RecordName first = finding.records().get(0);
    String id = first.id().isEmpty() ? "" : "  (id " + Printable.safe(first.id()) + ")";
    console.say("  " + Printable.safe(finding.sentence()) + id);
  }

  /** The advice of all of them, each once. */
  private static String advice(List<Finding> found) {
    StringJoiner text = new StringJoiner("; or ");
    found.stream().map(Finding::advice).distinct().forEach(text::add);
    return Printable.safe(text.toString());
  }

  private static String summary(LintResult result) {
    StringJoiner text = new StringJoiner(", ");
    for (Severity severity : Severity.values()) {
      long count = result.of(severity);
      text.add(Printable.count(count) + " " + severity.label() + (count == 1 ? "" : "s"));
    }
    String silenced =
        result.silenced() == 0
            ? ""
            : "; " + Printable.count(result.silenced()) + " silenced in comments";
    return Printable.count(result.records(), "record") + ": " + text + silenced;
  }

  private static String color(Severity severity) {
    return switch (severity) {
      case ERROR -> "fg(red)";
      case WARNING -> "fg(yellow)";
      case NOTE -> "fg(cyan)";
    };
  }
}
