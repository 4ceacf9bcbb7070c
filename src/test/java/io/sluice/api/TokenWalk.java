package io.sluice.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A page as Jackson's tokens show it: what {@link PageParser} finds in one pass, found again with
 * other means. It is the parser that was there before.
 *
 * @param bounds where each record begins and ends in the answer
 * @param ids the id of each record; null for one that has none
 */
record TokenWalk(List<Bounds> bounds, List<@Nullable String> ids, PageInfo info) {

  /** Where a record lies. */
  record Bounds(int start, int end) {}

  /**
   * Walks over an answer.
   *
   * @throws tools.jackson.core.JacksonException if the answer is not JSON, or breaks off
   * @throws UnexpectedShape if it is JSON, but not a successful page
   */
  static TokenWalk of(byte[] answer, int number, boolean filtered) {
    for (int i = 0; i < Math.min(answer.length, 4); i++) {
      if (answer[i] == 0) {
        throw new UnexpectedShape("the answer is not UTF-8");
      }
    }
    Walk walk = new Walk();
    try (JsonParser parser = PageJson.parser(answer, 0, answer.length)) {
      walk.envelope(parser);
    }
    if (!walk.success) {
      throw new UnexpectedShape("the answer does not say success");
    }
    if (!walk.list
        && !(walk.other == JsonToken.VALUE_NULL && walk.counts.sayEmpty(number, filtered))) {
      throw new UnexpectedShape("no list");
    }
    return new TokenWalk(walk.bounds, walk.ids, walk.counts.info());
  }

  private static final class Walk {
    private final List<Bounds> bounds = new ArrayList<>();
    private final List<@Nullable String> ids = new ArrayList<>();
    private final PageCounts counts = new PageCounts();
    private boolean list;
    private boolean success;
    private @Nullable JsonToken other;

    void envelope(JsonParser parser) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnexpectedShape("no object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("result") && value == JsonToken.START_ARRAY) {
          list = true;
          records(parser);
        } else if (name.equals("result")) {
          other = value;
          parser.skipChildren();
        } else if (name.equals("success")) {
          success = value == JsonToken.VALUE_TRUE;
          parser.skipChildren();
        } else {
          if (name.equals("result_info") && value == JsonToken.START_OBJECT) {
            counts(parser);
          } else {
            parser.skipChildren();
          }
        }
      }
      if (parser.nextToken() != null) {
        throw new UnexpectedShape("something follows");
      }
    }

    private void counts(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        counts.note(name, value.isScalarValue() ? plain(parser.getString()) : null);
        parser.skipChildren();
      }
    }

    /** A count in plain digits, by other means than those of the parser; null if it is none. */
    private static @Nullable String plain(String text) {
      try {
        return text.length() > 20 || text.startsWith("-")
            ? null
            : Long.toString(new BigDecimal(text).longValueExact());
      } catch (ArithmeticException | NumberFormatException none) {
        return null;
      }
    }

    private void records(JsonParser parser) {
      JsonToken token;
      while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
        if (token != JsonToken.START_OBJECT) {
          throw new UnexpectedShape("a record is not a JSON object");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        ids.add(id(parser));
        bounds.add(new Bounds(start, (int) parser.currentLocation().getByteOffset()));
      }
    }

    private static @Nullable String id(JsonParser parser) {
      String id = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean named = parser.currentName().equals("id");
        JsonToken value = parser.nextToken();
        if (named && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
          id = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
      return id;
    }
  }
}
