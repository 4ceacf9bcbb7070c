package io.sluice.format.csv;

import io.sluice.catalog.FieldType;
import io.sluice.format.json.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The meaning of a cell for a field: the way back from {@link CsvCells}. */
public sealed interface CellValue {
  /** A value, null included. */
  record Given(JsonNode value) implements CellValue {}

  /** Nothing is said about the field. */
  record NotGiven() implements CellValue {}

  /** No value of the field's type. */
  record Wrong(String reason) implements CellValue {}

  /** The one instance that is needed. */
  CellValue NOT_GIVEN = new NotGiven();

  /** Reads a cell: null for an empty one, the empty string for a quoted empty one. */
  static CellValue of(FieldType type, @Nullable String cell) {
    if (cell == null || (cell.isEmpty() && !(type instanceof FieldType.Text))) {
      return NOT_GIVEN;
    }
    if (cell.equals("\\N")) {
      return new Given(JsonNodeFactory.instance.nullNode());
    }
    String text = isEscaped(cell) ? cell.substring(1) : cell;
    if (type instanceof FieldType.Flag) {
      return flag(text);
    } else if (type instanceof FieldType.Whole) {
      return whole(text);
    } else if (type instanceof FieldType.Many many) {
      return text.startsWith("[") ? json(text) : parted(many, text);
    }
    return new Given(JsonNodeFactory.instance.stringNode(text));
  }

  /** Two backslashes or more, and an N: a text that would be taken for null without the first. */
  private static boolean isEscaped(String cell) {
    int last = cell.length() - 1;
    if (last < 2 || cell.charAt(last) != 'N') {
      return false;
    }
    for (int i = 0; i < last; i++) {
      if (cell.charAt(i) != '\\') {
        return false;
      }
    }
    return true;
  }

  private static CellValue flag(String text) {
    Boolean meaning = FlagWords.meaning(text);
    return meaning == null
        ? new Wrong("must be true or false (yes, no, 1 and 0 will do)")
        : new Given(JsonNodeFactory.instance.booleanNode(meaning));
  }

  private static CellValue whole(String text) {
    int digits = text.startsWith("-") ? 1 : 0;
    boolean plain = text.length() > digits;
    for (int i = digits; i < text.length(); i++) {
      plain &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!plain) {
      return new Wrong("must be a whole number");
    }
    try {
      long number = Long.parseLong(text);
      return new Given(
          number == (int) number
              ? JsonNodeFactory.instance.numberNode((int) number)
              : JsonNodeFactory.instance.numberNode(number));
    } catch (NumberFormatException tooLarge) {
      return new Wrong("must be a whole number of at most 64 bits");
    }
  }

  private static CellValue parted(FieldType.Many many, String text) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (String item : text.split(";", -1)) {
      CellValue value = many.of() instanceof FieldType.Whole ? whole(item) : string(item);
      if (!(value instanceof Given given)) {
        return value;
      }
      items.add(given.value());
    }
    return new Given(items);
  }

  private static CellValue string(String item) {
    return new Given(JsonNodeFactory.instance.stringNode(item));
  }

  private static CellValue json(String text) {
    JsonNode array = StrictJson.value(text);
    if (array == null) {
      return new Wrong("begins with '[' but is no JSON array; values may be parted by ';' as well");
    }
    String unsound = StrictJson.unsound(array);
    return unsound == null ? new Given(array) : new Wrong(unsound);
  }
}
