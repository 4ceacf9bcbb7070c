package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.Side;
import io.sluice.plan.Contrast;
import io.sluice.plan.FieldChange;
import java.util.List;
import java.util.stream.Collectors;

/** Puts differences into lines for people. */
final class DiffText {
  private DiffText() {}

  /** A side and its account. */
  static String named(Side side) {
    String account = side.account();
    return side.name() + (account == null ? "" : " (account " + account + ")");
  }

  /** One line, harmless for a terminal. */
  static String line(Console console, Difference difference) {
    String key = Shown.safe(difference.key());
    Contrast contrast = difference.contrast();
    if (contrast instanceof Contrast.Created) {
      return console.style("fg(green)", "  + ") + key;
    } else if (contrast instanceof Contrast.Changed changed) {
      return console.style("fg(yellow)", "  ~ ") + key + "  " + fields(changed.changes());
    } else if (contrast instanceof Contrast.Bound bound) {
      String fields = bound.changes().isEmpty() ? "" : "  (" + fields(bound.changes()) + ")";
      return "  cannot travel: " + key + "  " + Shown.safe(bound.message()) + fields;
    }
    return console.style("fg(red)", "  - ") + key;
  }

  private static String fields(List<FieldChange> changes) {
    return changes.stream()
        .map(PlannedChanges::text)
        .map(Shown::safe)
        .collect(Collectors.joining(", "));
  }
}
