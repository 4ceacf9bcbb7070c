package io.sluice.api;

import java.util.List;
import java.util.Random;

/** Random JSON text, compact and with blanks, made without any library so as to test against it. */
final class RandomJson {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "1.10",
          "1e5",
          "1E+5",
          "-2.50e-10",
          "12345678901234567890",
          "0.1000",
          "9007199254740993",
          "1e400",
          "-1.0");
  private static final List<String> PIECES =
      List.of(
          "a",
          "Z",
          " ",
          "  ",
          "é",
          "中",
          "🦊",
          "\\u00e9",
          "\\ud83e\\udd8a",
          "\\ud800",
          "\\\"",
          "\\\\",
          "\\/",
          "\\n",
          "\\t",
          "\\u0000",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "'",
          ";",
          "\u2028",
          "\u007f",
          "\\\\\\\"");
  private static final List<String> BLANKS = List.of(" ", "\n", "\t", "\r\n", "   ", "");

  private final Random random;
  private int names;

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  /** A record; its id, if any, is a string or a number, anywhere among its fields. */
  String record() {
    StringBuilder record = new StringBuilder("{");
    int fields = random.nextInt(6);
    int id = random.nextInt(fields + 2);
    for (int i = 0; i < fields || i == id; i++) {
      record.append(i == 0 ? "" : ",");
      if (i == id) {
        record.append("\"id\":").append(random.nextBoolean() ? name() : String.valueOf(id + 7));
      } else {
        record.append(name()).append(':').append(value(3));
      }
    }
    return record.append('}').toString();
  }

  /** The same JSON with blanks between its tokens, at random. */
  String spread(String compact) {
    StringBuilder spread = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      if (inside) {
        spread.append(c);
        if (c == '\\') {
          spread.append(compact.charAt(++i));
        }
        inside = c != '"';
      } else if ("{}[],:\"".indexOf(c) >= 0) {
        boolean quote = c == '"';
        spread.append(blank()).append(c).append(quote ? "" : blank());
        inside = quote;
      } else {
        spread.append(c);
      }
    }
    return spread.toString();
  }

  String blank() {
    return random.nextInt(3) == 0 ? BLANKS.get(random.nextInt(BLANKS.size())) : "";
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  private String value(int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 6);
    return switch (kind) {
      case 0 -> text();
      case 1 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case 2 -> List.of("true", "false", "null").get(random.nextInt(3));
      case 3 -> "\"\"";
      case 4 -> {
        StringBuilder list = new StringBuilder("[");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          list.append(i == 0 ? "" : ",").append(value(depth - 1));
        }
        yield list.append(']').toString();
      }
      default -> {
        StringBuilder object = new StringBuilder("{");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          object.append(i == 0 ? "" : ",").append(i == 1 ? "\"id\"" : name());
          object.append(':').append(value(depth - 1));
        }
        yield object.append('}').toString();
      }
    };
  }

  private String name() {
    // Half a surrogate pair in a name is the one legal JSON that the parser does not take.
    int number = names++;
    return "\"" + number + text().substring(1).replace("\\ud800", "");
  }

  private String text() {
    StringBuilder text = new StringBuilder("\"");
    int pieces = random.nextInt(8);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.append('"').toString();
  }
}
