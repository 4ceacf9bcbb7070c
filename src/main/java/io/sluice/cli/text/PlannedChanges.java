package io.sluice.cli.text;

import io.sluice.cli.Console;
import io.sluice.pipeline.ChangeJson;
import io.sluice.plan.FieldChange;
import io.sluice.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The changes of a plan. Of a dry run every change is shown, on a line or in the JSON summary; of
 * any plan the first deletes are remembered, to be confirmed.
 */
public final class PlannedChanges {
  private static final int IN_JSON = 1000;
  private static final int DELETES_KEPT = 5;

  private final Console console;
  private final boolean shown;
  private final ArrayNode listed = Json.MAPPER.createArrayNode();
  private final List<String> deletes = new ArrayList<>();

  public PlannedChanges(Console console, boolean shown) {
    this.console = console;
    this.shown = shown;
  }

  public void add(long line, String key, Step step) {
    if (step instanceof Step.Delete && deletes.size() < DELETES_KEPT) {
      deletes.add(key);
    }
    if (!shown) {
      return;
    }
    if (console.json()) {
      if (listed.size() < IN_JSON) {
        listed.add(ChangeJson.of(line, key, step));
      }
    } else {
      console.say(text(line, key, step));
    }
  }

  /** The keys of the first records that would be deleted. */
  public List<String> firstDeletes() {
    return List.copyOf(deletes);
  }

  /** The first of them, for a summary in JSON. */
  public ArrayNode listed() {
    return listed;
  }

  private String text(long line, String key, Step step) {
    String where = line == 0 ? "" : "line " + line + "  ";
    String what = Printable.safe(where + key);
    if (step instanceof Step.Create) {
      return console.style("fg(green)", "+ create  ") + what;
    } else if (step instanceof Step.Edit edit) {
      String fields =
          edit.changes().stream()
              .map(PlannedChanges::text)
              .map(Printable::safe)
              .collect(Collectors.joining(", "));
      return console.style("fg(yellow)", "~ update  ") + what + "  " + fields;
    }
    return console.style("fg(red)", "- delete  ") + what;
  }

  /** One field that would change, on a line; not made safe to show. */
  static String text(FieldChange change) {
    return change.field() + ": " + value(change.before()) + " -> " + change.after();
  }

  private static String value(@Nullable JsonNode value) {
    return value == null ? "(none)" : value.toString();
  }
}
