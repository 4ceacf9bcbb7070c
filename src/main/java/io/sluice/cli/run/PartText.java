package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.text.CauseText;
import io.sluice.cli.text.DeletesText;
import io.sluice.cli.text.PlanText;
import io.sluice.cli.text.Printable;
import io.sluice.cli.text.ResourceNames;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What became of one kind of records when several were imported together. */
final class PartText {
  private static final int CAUSES_SHOWN = 3;

  private PartText() {}

  /** Prints its line, and below it what a person has to know. */
  static void print(Console console, ImportResult part) {
    Summary summary = part.summary();
    String name = summary.resource().replace('_', '-');
    String line =
        String.format(
            Locale.ROOT,
            "%s %10s  %s",
            ResourceNames.padded(name),
            Printable.count(summary.rows()),
            outcome(part));
    if (summary.exit() == ExitCode.OK) {
      console.detail(line);
    } else {
      console.say(line);
    }
    summary.failures().stream()
        .limit(CAUSES_SHOWN)
        .map(cause -> "  " + CauseText.of(cause, null))
        .forEach(console::say);
    skipped(part).forEach(summary.exit() == ExitCode.OK ? console::detail : console::say);
    if (part.plan() != null) {
      PlanText.owners(part.plan()).forEach(owners -> console.detail("  " + owners));
    }
    if (summary.dryRun() && part.plan() != null) {
      PlanText.leftBehind(part.plan()).forEach(left -> console.detail("  " + left));
      if (part.plan().lint() != null) {
        PlanText.lint(part.plan().lint(), true).forEach(text -> console.detail("  " + text));
      }
    }
  }

  /** What cannot travel, or is not as it was planned, is no failure, but is reported. */
  private static List<String> skipped(ImportResult part) {
    long rows = part.summary().counts().of(Outcome.SKIPPED);
    if (rows == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "  " + Printable.count(rows) + " skipped: see " + part.summary().files().get("report"));
    if (part.plan() != null) {
      PlanText.skipped(part.plan()).forEach(why -> lines.add("    " + why));
    }
    return lines;
  }

  private static String outcome(ImportResult part) {
    if (part.summary().dryRun() && part.plan() != null) {
      return Stream.concat(
              Stream.of(PlanText.brief(part.plan())), DeletesText.spared(part.summary()).stream())
          .collect(Collectors.joining(", "));
    }
    Summary summary = part.summary();
    List<String> counts = new ArrayList<>();
    summary
        .counts()
        .byOutcome()
        .forEach(
            (outcome, many) -> {
              if (many > 0) {
                counts.add(Printable.count(many) + " " + outcome.label());
              }
            });
    counts.addAll(DeletesText.of(summary));
    return counts.isEmpty() ? "nothing to do" : String.join(", ", counts);
  }
}
