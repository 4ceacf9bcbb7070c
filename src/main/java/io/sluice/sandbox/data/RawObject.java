package io.sluice.sandbox.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON object as the raw bytes of its members, in order. What is not replaced is written back
 * byte for byte, escapes and numbers included.
 */
public final class RawObject {
  private final Map<String, byte[]> members = new LinkedHashMap<>();

  private RawObject() {}

  /**
   * Splits an object into its members.
   *
   * @throws IllegalArgumentException if the bytes are no JSON object
   */
  public static RawObject of(byte[] json) {
    RawObject object = new RawObject();
    int at = blanks(json, 0);
    require(json, at, '{');
    at = blanks(json, at + 1);
    while (at < json.length && json[at] != '}') {
      int nameEnd = value(json, at);
      String name = decode(json, at, nameEnd);
      at = blanks(json, nameEnd);
      require(json, at, ':');
      int from = blanks(json, at + 1);
      int to = value(json, from);
      object.members.put(name, Arrays.copyOfRange(json, from, to));
      at = blanks(json, to);
      if (at < json.length && json[at] == ',') {
        at = blanks(json, at + 1);
      }
    }
    require(json, at, '}');
    return object;
  }

  /** The member's raw value, or null where there is none. */
  public byte @Nullable [] raw(String name) {
    return members.get(name);
  }

  /** A string's text, a number or flag as written; null where it is absent, null or a container. */
  @Nullable
  public String text(String name) {
    byte[] raw = members.get(name);
    if (raw == null || raw[0] == 'n' || raw[0] == '{' || raw[0] == '[') {
      return null;
    }
    return raw[0] == '"' ? decode(raw, 0, raw.length) : new String(raw, UTF_8);
  }

  public String textOr(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /** Replaces a member in its place, or adds it at the end. */
  public RawObject with(String name, JsonNode value) {
    members.put(name, Json.bytes(value));
    return this;
  }

  /** As {@link #with(String, JsonNode)}, with a value that is JSON already. */
  public RawObject withRaw(String name, String json) {
    members.put(name, json.getBytes(UTF_8));
    return this;
  }

  RawObject without(String name) {
    members.remove(name);
    return this;
  }

  /** The object, compact. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(320);
    char before = '{';
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      out.write(before);
      out.writeBytes(Json.quote(member.getKey()));
      out.write(':');
      out.writeBytes(member.getValue());
      before = ',';
    }
    if (members.isEmpty()) {
      out.write('{');
    }
    out.write('}');
    return out.toByteArray();
  }

  private static int blanks(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
    return at;
  }

  /** The end of the value that begins at {@code from}. */
  private static int value(byte[] json, int from) {
    int depth = 0;
    for (int at = from; at < json.length; at++) {
      byte c = json[at];
      if (c == '"') {
        at = stringEnd(json, at);
        if (depth == 0) {
          return at + 1;
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        if (depth == 0) {
          return at;
        }
        depth--;
        if (depth == 0) {
          return at + 1;
        }
      } else if (depth == 0 && (c == ',' || (c <= ' ' && c >= 0))) {
        return at;
      }
    }
    throw new IllegalArgumentException("the JSON object breaks off");
  }

  private static int stringEnd(byte[] json, int quote) {
    for (int at = quote + 1; at < json.length; at++) {
      if (json[at] == '\\') {
        at++;
      } else if (json[at] == '"') {
        return at;
      }
    }
    throw new IllegalArgumentException("a JSON string breaks off");
  }

  private static String decode(byte[] json, int from, int to) {
    for (int at = from; at < to; at++) {
      if (json[at] == '\\') {
        return Json.MAPPER.readValue(json, from, to - from, String.class);
      }
    }
    return new String(json, from + 1, to - from - 2, UTF_8);
  }

  private static void require(byte[] json, int at, char expected) {
    if (at >= json.length || json[at] != expected) {
      throw new IllegalArgumentException("not a JSON object: '" + expected + "' expected at " + at);
    }
  }
}
