package io.sluice.format.text;

import java.util.Locale;

/** Foreign text in a message: short, and without characters that a terminal would obey. */
public final class Excerpt {
  private static final int LONGEST = 80;

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
