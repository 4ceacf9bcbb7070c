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

  /** One line of a change that has happened, whoever can make such a one. */
  static String line(Console console, Difference difference, Difference.Kind kind) {
    String key = Printable.safe(difference.key());
    RecordDiff diff = difference.diff();
    return switch (kind) {
      case CREATED -> console.style("fg(green)", "  + ") + key;
      case DELETED -> console.style("fg(red)", "  - ") + key;
      case CHANGED, CANNOT_TRAVEL -> {
        List<FieldChange> changes =
            diff instanceof RecordDiff.Changed changed
                ? changed.changes()
                : diff instanceof RecordDiff.Bound bound ? bound.changes() : List.of();
        yield console.style("fg(yellow)", "  ~ ") + key + "  " + fields(changes);
      }
    };
  }

  private static String fields(List<FieldChange> changes) {
    return changes.stream()
        .map(PlannedChanges::text)
        .map(Printable::safe)
        .collect(Collectors.joining(", "));
  }
}
