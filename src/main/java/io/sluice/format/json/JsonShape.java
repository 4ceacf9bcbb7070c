package io.sluice.format.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * The outline of the first JSON value in a text, as far as the text goes. Of an array it is that of
 * its first element.
 */
final class JsonShape {
  private boolean inArray;
  private @Nullable JsonToken token;
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, String> scalars = new HashMap<>();
  private final Set<String> lists = new HashSet<>();
  private boolean spansLines;
  private boolean alone;

  private JsonShape() {}

  static JsonShape of(String text) {
    JsonShape shape = new JsonShape();
    try (JsonParser parser = StrictJson.MAPPER.createParser(text)) {
      shape.read(parser);
    } catch (UnexpectedEndOfInputException cutOff) {
      shape.cutOff(text);
    } catch (JacksonException malformed) {
      // What was seen until there is the outline; that rows are malformed is said of the rows.
      shape.alone = false;
    }
    return shape;
  }

  /** Whether the text begins with an array. */
  boolean inArray() {
    return inArray;
  }

  /** The kind of the value, or of the array's first element; null if there is none. */
  @Nullable JsonToken token() {
    return token;
  }

  /** An object's property names, in their order. */
  Set<String> names() {
    return names;
  }

  /** An object's property of that name as text, if it is a text, a number or a flag; else empty. */
  String scalar(String name) {
    return scalars.getOrDefault(name, "");
  }

  /** The properties that hold arrays of objects, or that the text ends in. */
  Set<String> lists() {
    return lists;
  }

  /** Whether the object is laid out over several lines, and well-formed as far as the text goes. */
  boolean spansLines() {
    return spansLines;
  }

  /** Whether nothing is known to follow the value. */
  boolean alone() {
    return alone;
  }

  private void read(JsonParser parser) {
    token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      inArray = true;
      token = null;
      token = parser.nextToken();
    }
    if (token == JsonToken.START_OBJECT) {
      int line = parser.currentTokenLocation().getLineNr();
      object(parser);
      spansLines = parser.currentTokenLocation().getLineNr() > line;
      alone = !inArray && parser.nextToken() == null;
    }
  }

  private void object(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      names.add(name);
      JsonToken value = parser.nextToken();
      if (value.isScalarValue()) {
        scalars.put(name, parser.getValueAsString(""));
      } else if (value == JsonToken.START_ARRAY) {
        list(name, parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void list(String name, JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      lists.add(name);
    }
    if (first != JsonToken.END_ARRAY) {
      parser.skipChildren();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        parser.skipChildren();
      }
    }
  }

  private void cutOff(String text) {
    spansLines = text.strip().indexOf('\n') >= 0 || text.strip().indexOf('\r') >= 0;
    alone = !inArray;
  }
}
