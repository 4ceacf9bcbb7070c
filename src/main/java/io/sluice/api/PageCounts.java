package io.sluice.api;

import io.sluice.api.json.Escapes;
import io.sluice.api.json.JsonScanner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The counts in an answer's {@code result_info}. Where something is given twice, the last counts.
 */
final class PageCounts {
  private static final int LONGEST_COUNT = 20;

  /** What a member's value lies in: the envelope and {@code result_info}. */
  private static final int DEPTH = 2;

  private @Nullable Long counted;
  private @Nullable Integer perPage;
  private @Nullable Long totalCount;

  /** Takes what an object says that is well-formed, as the scanner found before. */
  void read(byte[] bytes, JsonScanner scanner, int open) {
    int at = scanner.token(open + 1);
    while (bytes[at] != '}') {
      int name = at;
      int colon = scanner.name(name);
      int value = scanner.mark(colon, ':');
      at = scanner.value(value, DEPTH);
      note(text(bytes, name, colon), scalar(bytes, value, at));
      at = scanner.token(at);
      at = bytes[at] == ',' ? scanner.token(at + 1) : at;
    }
  }

  /** The text of a value; null if it has parts. */
  private static @Nullable String scalar(byte[] bytes, int from, int to) {
    return switch (bytes[from]) {
      case '{', '[' -> null;
      case '"' -> text(bytes, from, to);
      default -> new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    };
  }

  private static String text(byte[] bytes, int quote, int after) {
    byte[] plain = Escapes.resolved(bytes, quote + 1, after - 1, false);
    return new String(plain, StandardCharsets.UTF_8);
  }

  /** Takes one member: the text of its value, or null if that has parts. */
  void note(String name, @Nullable String value) {
    switch (name) {
      case "per_page" -> {
        Long number = number(value);
        perPage = number == null ? null : (Integer) (int) Math.min(number, Integer.MAX_VALUE);
      }
      case "total_count" -> totalCount = number(value);
      case "count" -> counted = number(value);
      default -> {
        // Which page this is and how many there are is known without it.
      }
    }
  }

  /** A count, however it is written ({@code 7}, {@code "7"}, {@code 7.0}); null if it is none. */
  static @Nullable Long number(@Nullable String text) {
    if (text == null || text.length() > LONGEST_COUNT || text.startsWith("-")) {
      return null;
    }
    try {
      return isPlain(text) ? (Long) Long.parseLong(text) : exact(text);
    } catch (ArithmeticException | NumberFormatException none) {
      return null;
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static Long exact(String text) {
    return new BigDecimal(text).longValueExact();
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
