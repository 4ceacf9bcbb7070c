package io.sluice.pipeline.imports.saved;

import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.pipeline.imports.apply.Change;
import io.sluice.pipeline.imports.results.RowNotes;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Planned rows as the JSON objects of a saved plan, and back. */
final class SavedRowCodec {
  private SavedRowCodec() {}

  static ObjectNode write(SavedRow saved) {
    PlannedRow row = saved.row();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("row", row.number());
    if (saved.inRow() != row.number()) {
      json.put("in_row", saved.inRow());
    }
    if (row instanceof PlannedRow.Settled settled) {
      settled(settled, json);
    } else if (row instanceof PlannedRow.Pending pending) {
      pending(pending.change(), saved.held(), json);
    } else {
      throw new IllegalArgumentException("a plan that is saved is of a run that begins");
    }
    put(json, "rewritten", row.notes().rewritten());
    put(json, "remedy", row.notes().remedy());
    return json;
  }

  private static void settled(PlannedRow.Settled settled, ObjectNode json) {
    RowResult result = settled.result();
    json.put("line", result.line());
    json.put("outcome", result.outcome().label());
    if (settled.byInput()) {
      json.put("by_input", true);
    }
    if (result.action() != Action.NONE) {
      json.put("action", result.action().label());
    }
    put(json, "id", result.id());
    json.put("key", result.key());
    put(json, "code", result.code());
    put(json, "pointer", result.pointer());
    put(json, "message", result.message());
  }

  private static void pending(Change change, @Nullable ObjectNode held, ObjectNode json) {
    json.put("line", change.line());
    json.put("action", change.action().label());
    put(json, "id", change.id());
    json.put("key", change.key());
    if (held != null) {
      json.set("held", held);
    }
    if (!change.said().equals(held)) {
      json.set("said", change.said());
    }
    if (!change.body().equals(change.said())) {
      json.set("body", change.body());
    }
  }

  /**
   * The row that the object stands for.
   *
   * @throws IllegalArgumentException if it stands for none
   */
  static SavedRow read(ObjectNode json) {
    long number = json.path("row").asLong(-1);
    if (number < 0) {
      throw new IllegalArgumentException("a row without a number");
    }
    RowNotes notes = notes(json);
    PlannedRow row =
        json.has("outcome")
            ? new PlannedRow.Settled(result(json, number), json.path("by_input").asBoolean(), notes)
            : new PlannedRow.Pending(change(json, number), notes);
    return new SavedRow(row, json.path("in_row").asLong(number), object(json, "held"));
  }

  private static RowNotes notes(ObjectNode json) {
    String rewritten = text(json, "rewritten");
    String remedy = text(json, "remedy");
    return rewritten == null && remedy == null ? RowNotes.NONE : new RowNotes(rewritten, remedy);
  }

  private static RowResult result(ObjectNode json, long number) {
    String action = text(json, "action");
    RowResult result =
        RowResult.uncalled(
            number,
            json.path("line").asLong(),
            Outcome.labelled(given(json, "outcome")),
            action == null ? Action.NONE : Action.labelled(action),
            text(json, "id"),
            given(json, "key"));
    String message = text(json, "message");
    return message == null
        ? result
        : result.because(text(json, "code"), text(json, "pointer"), message);
  }

  private static Change change(ObjectNode json, long number) {
    Action action = Action.labelled(given(json, "action"));
    Outcome goal =
        switch (action) {
          case CREATE -> Outcome.CREATED;
          case UPDATE -> Outcome.UPDATED;
          case DELETE -> Outcome.DELETED;
          case NONE -> throw new IllegalArgumentException("a change that does nothing");
        };
    ObjectNode said = object(json, "said");
    ObjectNode held = object(json, "held");
    ObjectNode record = said == null ? held : said;
    ObjectNode body = object(json, "body");
    if (record == null || (action != Action.CREATE && (held == null || !json.hasNonNull("id")))) {
      throw new IllegalArgumentException("a change without its record");
    }
    return new Change(
        number,
        json.path("line").asLong(),
        given(json, "key"),
        action,
        goal,
        text(json, "id"),
        body == null ? record : body,
        record);
  }

  private static void put(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }

  private static @Nullable String text(ObjectNode json, String name) {
    JsonNode value = json.get(name);
    return value == null || !value.isString() ? null : value.asString("");
  }

  private static String given(ObjectNode json, String name) {
    String text = text(json, name);
    if (text == null) {
      throw new IllegalArgumentException("a row without " + name);
    }
    return text;
  }

  private static @Nullable ObjectNode object(ObjectNode json, String name) {
    return json.get(name) instanceof ObjectNode object ? object : null;
  }
}
