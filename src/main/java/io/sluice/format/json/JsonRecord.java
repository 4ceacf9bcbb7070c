package io.sluice.format.json;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.format.InputFault;
import io.sluice.format.OptionNames;
import io.sluice.format.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Understands one JSON text as a record; keeps what it understood when something is wrong. */
final class JsonRecord {
  private static final int REASON = 200;

  private final JsonFields fields;
  private final OptionNames names;
  private final long line;
  private final ObjectNode record = JsonNodeFactory.instance.objectNode();
  private final List<InputFault> faults = new ArrayList<>(0);
  private final List<Unknown> unknown = new ArrayList<>(0);
  private final List<Unknown> leftOut = new ArrayList<>(0);

  /** A field that the catalogue does not know, and an excerpt of its value. */
  record Unknown(String field, String value) {}

  JsonRecord(JsonFields fields, OptionNames names, long line) {
    this.fields = fields;
    this.names = names;
    this.line = line;
  }

  ObjectNode record() {
    return record;
  }

  List<InputFault> faults() {
    return faults;
  }

  /** Fields that the catalogue does not know. */
  List<Unknown> unknown() {
    return unknown;
  }

  /** Fields that are left out on purpose. */
  List<Unknown> leftOut() {
    return leftOut;
  }

  /** The names of all its fields, known or not. */
  List<String> names() {
    List<String> names = new ArrayList<>(record.propertyNames());
    unknown.forEach(field -> names.add(field.field()));
    return names;
  }

  /** Reads the text, which should be one object and nothing else. */
  void read(String text) {
    try (JsonParser parser = StrictJson.MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        boolean alone = parser.currentToken() == JsonToken.VALUE_STRING;
        String list =
            "; a list of texts alone is read with "
                + names.with("format", "list")
                + ", without the quotes";
        fault("", text, "must be a JSON object: {\"field\":value,…}" + (alone ? list : ""));
      } else {
        properties(parser, "");
        if (parser.nextToken() != null) {
          fault("", text, "more follows the JSON object; write one object a line");
        }
      }
    } catch (UnexpectedEndOfInputException cutOff) {
      fault("", text, "the JSON object is cut off before its end (one object a line is read)");
    } catch (StreamConstraintsException tooMuch) {
      fault("", text, "nested deeper than 100, or a number of more than 1,000 digits");
    } catch (JacksonException malformed) {
      boolean comma = text.endsWith(",") && column(malformed) >= text.length();
      fault("", text, comma ? "take off the comma at the end" : reason(malformed));
    }
  }

  private void properties(JsonParser parser, String prefix) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      String path = prefix.isEmpty() ? name : prefix + name;
      if (prefix.isEmpty()) {
        fields.see(name);
      }
      Field field = fields.field(path);
      if (field != null) {
        value(field, path, parser, token);
      } else if (prefix.isEmpty() && fields.isParent(name)) {
        nested(name, parser, token);
      } else {
        boolean ignored = prefix.isEmpty() && fields.isIgnored(name);
        (ignored ? leftOut : unknown).add(new Unknown(path, shown(parser, token)));
        parser.skipChildren();
      }
    }
  }

  private void nested(String name, JsonParser parser, JsonToken token) {
    if (token == JsonToken.START_OBJECT) {
      if (!record.has(name)) {
        record.putObject(name);
      }
      properties(parser, name + ".");
    } else if (token == JsonToken.VALUE_NULL) {
      record.putNull(name);
    } else {
      // Objects hold what the API alone writes: one of another shape says nothing that is sent.
      unknown.add(new Unknown(name, shown(parser, token)));
      parser.skipChildren();
    }
  }

  private void value(Field field, String name, JsonParser parser, JsonToken token) {
    JsonNode value = value(parser, token);
    String wrong = StrictJson.unsound(value);
    if (wrong == null && field.type() instanceof FieldType.Whole) {
      wrong = value.isBigInteger() ? "must be a whole number of at most 64 bits" : null;
    }
    if (wrong == null && field.isGiven(record)) {
      wrong = "the field '" + field.path() + "' is given twice";
    }
    if (wrong == null) {
      field.put(record, value);
    } else {
      fault(name, value.isString() ? value.stringValue() : value.toString(), wrong);
    }
  }

  private static String shown(JsonParser parser, JsonToken token) {
    return token.isStructStart() ? token.asString() + "…" : Excerpt.of(parser.getString());
  }

  private static JsonNode value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> JsonNodeFactory.instance.stringNode(parser.getString());
      case VALUE_TRUE -> JsonNodeFactory.instance.booleanNode(true);
      case VALUE_FALSE -> JsonNodeFactory.instance.booleanNode(false);
      case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
      default -> StrictJson.MAPPER.readTree(parser);
    };
  }

  private void fault(String column, @Nullable String value, String reason) {
    faults.add(InputFault.of(line, column, value == null ? "" : value, reason));
  }

  private static long column(JacksonException malformed) {
    return malformed.getLocation() == null ? 0 : malformed.getLocation().getColumnNr();
  }

  private static String reason(JacksonException malformed) {
    long at = column(malformed);
    // Behind this the parser's own settings are recommended, which people cannot reach.
    String message = String.valueOf(malformed.getOriginalMessage()).split(": enable ", 2)[0];
    String what = Excerpt.of(message, REASON);
    return "not well-formed JSON" + (at > 0 ? " at character " + at : "") + ": " + what;
  }
}
