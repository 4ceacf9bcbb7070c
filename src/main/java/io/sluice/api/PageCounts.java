package io.sluice.api;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The counts in an answer's {@code result_info}. Where something is given twice, the last counts.
 */
final class PageCounts {
  private static final int LONGEST_COUNT = 20;

  private @Nullable Long counted;
  private @Nullable Integer perPage;
  private @Nullable Long totalCount;

  /** Takes what {@code bytes[from, to)} says: a whole value, and nothing unless it is an object. */
  void read(byte[] bytes, int from, int to) {
    try (JsonParser parser = PageJson.parser(bytes, from, to)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        read(parser);
      }
    }
  }

  private void read(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      Long number = value.isScalarValue() ? number(parser.getString()) : null;
      if (name.equals("per_page")) {
        perPage = number == null ? null : (int) Math.min(number, Integer.MAX_VALUE);
      } else if (name.equals("total_count")) {
        totalCount = number;
      } else if (name.equals("count")) {
        counted = number;
      }
      parser.skipChildren();
    }
  }

  /** A count, however it is written ({@code 7}, {@code "7"}, {@code 7.0}); null if it is none. */
  static @Nullable Long number(String text) {
    try {
      return text.length() > LONGEST_COUNT || text.startsWith("-")
          ? null
          : (Long) new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException none) {
      return null;
    }
  }

  /**
   * True if the answer says in numbers that this page holds nothing.
   *
   * @param filtered whether the listing is narrowed down, which makes the total meaningless
   */
  boolean sayEmpty(int number, boolean filtered) {
    Long total = totalCount;
    if (counted != null && counted > 0) {
      return false;
    } else if (filtered || total == null) {
      return counted != null || (total != null && total == 0);
    }
    // A page behind the end of the list is empty whatever the total.
    return total == 0 || (perPage != null && perPage > 0 && total <= (number - 1L) * perPage);
  }

  /** The total, in words. */
  String total() {
    return totalCount == null ? "no count says that it is empty" : "the total is " + totalCount;
  }

  PageInfo info() {
    return new PageInfo(perPage, totalCount);
  }
}
