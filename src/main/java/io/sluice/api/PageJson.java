package io.sluice.api;

import io.sluice.api.json.JsonScanner;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads parts of a page with Jackson, once the page is known to be well-formed. */
final class PageJson {
  /** The limits of {@link JsonScanner}; strings are bounded by the size of an answer alone. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonScanner.DEEPEST)
                  .maxNumberLength(JsonScanner.MOST_DIGITS)
                  .maxNameLength(JsonScanner.LONGEST_NAME)
                  .maxStringLength(64 << 20)
                  .build())
          .build();

  private static final int MOST_MESSAGES = 30;

  private PageJson() {}

  static JsonParser parser(byte[] bytes, int from, int to) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from);
  }

  /** The texts in a list of messages or errors; whatever is no message is left out. */
  static List<String> texts(byte[] bytes, int from, int to) {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = parser(bytes, from, to)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String text = text(parser);
        if (texts.size() < MOST_MESSAGES) {
          texts.add(text);
        }
      }
    }
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  /** One message; empty if it says nothing. */
  private static String text(JsonParser parser) {
    String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
    long code = 0;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return ApiMessages.text(code, text);
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("message") && value == JsonToken.VALUE_STRING) {
        text = parser.getString();
      } else if (name.equals("code") && value == JsonToken.VALUE_NUMBER_INT) {
        Long number = PageCounts.number(parser.getString());
        code = number == null ? 0 : number;
      } else {
        parser.skipChildren();
      }
    }
    return ApiMessages.text(code, text);
  }
}
