package io.sluice.sandbox.data;

import java.io.ByteArrayOutputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing JSON as the stand-in does it. */
public final class Json {
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  public static byte[] quote(String text) {
    return MAPPER.writeValueAsBytes(text);
  }

  public static ObjectNode object(byte[] json) {
    return (ObjectNode) MAPPER.readTree(json);
  }

  /**
   * The same JSON with line breaks, indentation and blanks; strings and numbers stay as they are.
   */
  public static byte[] pretty(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length * 2);
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < json.length; i++) {
      byte c = json[i];
      if (inString) {
        out.write(c);
        if (c == '\\') {
          out.write(json[++i]);
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
        out.write(c);
      } else if (c == '{' || c == '[') {
        out.write(c);
        line(out, ++depth);
      } else if (c == '}' || c == ']') {
        line(out, --depth);
        out.write(c);
      } else if (c == ',') {
        out.write(c);
        line(out, depth);
      } else if (c == ':') {
        out.write(c);
        out.write(' ');
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }

  private static void line(ByteArrayOutputStream out, int depth) {
    out.write('\n');
    for (int i = 0; i < depth; i++) {
      out.write(' ');
      out.write(' ');
    }
  }
}
