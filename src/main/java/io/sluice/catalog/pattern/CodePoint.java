package io.sluice.catalog.pattern;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names single characters in messages, as {@code U+200B (zero width space)}. */
final class CodePoint {
  private CodePoint() {}

  /** The character by its number and its Unicode name, where it has one. */
  static String named(int c) {
    String number = String.format(Locale.ROOT, "U+%04X", c);
    String name = name(c);
    return name == null ? number : number + " (" + name + ")";
  }

  /** The same, and its place in the text, counted in characters from 1. */
  static String placed(String text, int index) {
    return named(text.codePointAt(index)) + " at position " + (text.codePointCount(0, index) + 1);
  }

  private static @Nullable String name(int c) {
    String name = Character.getName(c);
    if (name == null || Character.getType(c) == Character.SURROGATE) {
      return null;
    }
    // Control characters come with their abbreviation: LINE FEED (LF).
    int bracket = name.indexOf(" (");
    return (bracket < 0 ? name : name.substring(0, bracket)).toLowerCase(Locale.ROOT);
  }
}
