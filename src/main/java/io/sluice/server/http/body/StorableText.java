package io.sluice.server.http.body;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Refuses texts that cannot be kept: PostgreSQL stores no U+0000, and half a surrogate pair has no
 * form in UTF-8.
 */
public final class StorableText {
  private StorableText() {}

  /**
   * Looks through a whole body, names of properties included.
   *
   * @throws ProblemException naming the first property whose text cannot be kept
   */
  static void require(JsonNode body) {
    require(body, "the body");
  }

  private static void require(JsonNode node, String place) {
    if (node.isString()) {
      require(node.stringValue(), "bad_property", "'" + place + "'");
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              property -> {
                require(property.getKey(), "bad_property", "a name of a property");
                String inside = place.equals("the body") ? "" : place + ".";
                require(property.getValue(), inside + EscapedText.brief(property.getKey()));
              });
    } else if (node.isArray()) {
      node.forEach(item -> require(item, place));
    }
  }

  /**
   * Looks at one text.
   *
   * @param code what the problem is called
   * @param place what holds the text, as the problem names it
   * @throws ProblemException if it cannot be kept
   */
  public static void require(String text, String code, String place) {
    String wrong = wrong(text);
    if (wrong != null) {
      throw Problem.of(400, code, place + " holds " + wrong + ", which no text here may hold")
          .exception();
    }
  }

  private static @Nullable String wrong(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "U+0000";
      } else if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(++i))) {
          return "half a surrogate pair";
        }
      } else if (Character.isLowSurrogate(c)) {
        return "half a surrogate pair";
      }
    }
    return null;
  }
}
