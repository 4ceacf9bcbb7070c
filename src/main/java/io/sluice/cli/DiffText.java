package io.sluice.cli;

import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.Side;
import io.sluice.plan.Contrast;
import io.sluice.plan.FieldChange;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Puts differences into lines for people, and into JSON for scripts. */
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

  static ObjectNode json(Difference difference) {
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("resource", difference.resource().slug());
    line.put("change", difference.kind().label());
    line.put("key", difference.key());
    if (difference.id() != null) {
      line.put("id", difference.id());
    }
    Contrast contrast = difference.contrast();
    if (contrast instanceof Contrast.Created created) {
      line.set("fields", fields(created.values(), "before", "after"));
    } else if (contrast instanceof Contrast.Deleted deleted) {
      line.set("fields", fields(deleted.values(), "after", "before"));
    } else if (contrast instanceof Contrast.Changed changed) {
      line.set("fields", PlannedChanges.fields(changed.changes()));
    } else if (contrast instanceof Contrast.Bound bound) {
      line.set("fields", PlannedChanges.fields(bound.changes()));
      line.put("code", bound.code()).put("message", bound.message());
    }
    return line;
  }

  private static ObjectNode fields(ObjectNode values, String empty, String full) {
    ObjectNode fields = Json.MAPPER.createObjectNode();
    values.forEachEntry((name, value) -> fields.putObject(name).putNull(empty).set(full, value));
    return fields;
  }

  private static String fields(List<FieldChange> changes) {
    return changes.stream()
        .map(PlannedChanges::text)
        .map(Shown::safe)
        .collect(Collectors.joining(", "));
  }
}
