package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.Side;
import io.sluice.plan.FieldChange;
import io.sluice.plan.RecordDiff;
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
    String key = Printable.safe(difference.key());
    RecordDiff diff = difference.diff();
    if (diff instanceof RecordDiff.Created) {
      return console.style("fg(green)", "  + ") + key;
    } else if (diff instanceof RecordDiff.Changed changed) {
      return console.style("fg(yellow)", "  ~ ") + key + "  " + fields(changed.changes());
    } else if (diff instanceof RecordDiff.Bound bound) {
      String fields = bound.changes().isEmpty() ? "" : "  (" + fields(bound.changes()) + ")";
      return "  cannot travel: " + key + "  " + Printable.safe(bound.message()) + fields;
    }
    return console.style("fg(red)", "  - ") + key;
  }

  private static String fields(List<FieldChange> changes) {
    return changes.stream()
        .map(PlannedChanges::text)
        .map(Printable::safe)
        .collect(Collectors.joining(", "));
  }
}
