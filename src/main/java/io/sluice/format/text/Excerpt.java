package io.sluice.format.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Foreign text in a message: short, and without characters that a terminal would obey. */
public final class Excerpt {
  private static final int LONGEST = 80;
  private static final int NAMED = 10;

  private Excerpt() {}

  /** The text, shortened to 80 characters, with control and bidirectional characters escaped. */
  public static String of(String text) {
    return of(text, LONGEST);
  }

  public static String of(String text, int longest) {
    StringBuilder excerpt = new StringBuilder();
    int at = 0;
    for (int shown = 0; at < text.length(); shown++) {
      int c = text.codePointAt(at);
      if (shown == longest - 1 && at + Character.charCount(c) < text.length()) {
        return excerpt.append('…').toString();
      }
      if (isVisible(c)) {
        excerpt.appendCodePoint(c);
      } else {
        excerpt.append(String.format(Locale.ROOT, "\\u%04x", c));
      }
      at += Character.charCount(c);
    }
    return excerpt.toString();
  }

  /** The same in quotation marks, as names are shown. */
  public static String quoted(String name) {
    return "'" + of(name) + "'";
  }

  /** The first ten names, in quotation marks. */
  public static String quoted(List<String> names) {
    String quoted =
        names.stream().limit(NAMED).map(Excerpt::quoted).collect(Collectors.joining(", "));
    return names.size() > NAMED ? quoted + ", …" : quoted;
  }

  private static boolean isVisible(int c) {
    // Emoji and several scripts are written with joiners.
    if (c == 0x200C || c == 0x200D) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
