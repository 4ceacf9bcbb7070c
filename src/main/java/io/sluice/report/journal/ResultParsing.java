package io.sluice.report.journal;

import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the result of a row from its line in a journal. Nearly all lines of a journal are results,
 * so that each member goes straight to where it belongs.
 */
final class ResultParsing {
  private long fence = -1;
  private long row = -1;
  private long line = -1;
  private @Nullable Outcome outcome;
  private @Nullable Action action;
  private @Nullable String id;
  private @Nullable String key;
  private int status;
  private @Nullable String code;
  private @Nullable String pointer;
  private @Nullable String message;
  private int attempts;
  private boolean retryable;
  private long millis;
  private @Nullable String ray;

  private ResultParsing() {}

  /**
   * The entry whose kind has been read already.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static JournalEntry entry(JsonParser parser) {
    ResultParsing result = new ResultParsing();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      result.take(name, parser);
    }
    return result.entry();
  }

  private void take(String name, JsonParser parser) {
    switch (name) {
      case JournalWording.FENCE -> fence = parser.getLongValue();
      case "row" -> row = parser.getLongValue();
      case "line" -> line = parser.getLongValue();
      case "outcome" -> outcome = Outcome.labelled(parser.getString());
      case "action" -> action = Action.labelled(parser.getString());
      case "id" -> id = parser.getString();
      case "key" -> key = parser.getString();
      case "status" -> status = parser.getIntValue();
      case "code" -> code = parser.getString();
      case "pointer" -> pointer = parser.getString();
      case "message" -> message = parser.getString();
      case "attempts" -> attempts = parser.getIntValue();
      case "retryable" -> retryable = parser.getBooleanValue();
      case "ms" -> millis = parser.getLongValue();
      case "ray" -> ray = parser.getString();
      default -> parser.skipChildren();
    }
  }

  private JournalEntry entry() {
    if (fence < 0 || row < 0 || line < 0 || outcome == null || action == null || key == null) {
      throw new IllegalArgumentException(
          "it lacks one of 'f', 'row', 'line', 'outcome', 'action', 'key'");
    }
    return new JournalEntry.Result(
        fence,
        new RowResult(
            row, line, outcome, action, id, key, status, code, pointer, message, attempts,
            retryable, millis, ray));
  }
}
