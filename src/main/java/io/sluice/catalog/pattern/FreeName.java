package io.sluice.catalog.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A name that is written freely, such as a person's. Invisible characters are no part of one, since
 * two names that look alike must be alike: with two exceptions that can be told from what stands
 * beside them. Joiners stay between letters of scripts that are written with them, by the rules of
 * RFC 5892 (appendix A.1 and A.2), and the wide blank stays between East Asian letters.
 */
public final class FreeName {
  private static final int WIDE_BLANK = 0x3000;

  private FreeName() {}

  /** The fault of the first invisible character; null if there is none. */
  public static @Nullable String wrong(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (InvisibleCharacter.isLost(c) || (InvisibleCharacter.is(c) && !belongs(text, i))) {
        return isBlank(c)
            ? CodePoint.placed(text, i) + " looks like a plain blank: write one"
            : InvisibleCharacter.advised(text, i);
      }
    }
    return null;
  }

  /**
   * The name without them, other blanks as plain ones. Control characters stay, since what was
   * meant by one is not clear.
   */
  public static String cleaned(String text) {
    if (wrong(text) == null) {
      return text;
    }
    StringBuilder seen = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (isBlank(c) && !belongs(text, i)) {
        seen.append(' ');
      } else if (!InvisibleCharacter.isPasted(c) || belongs(text, i)) {
        seen.appendCodePoint(c);
      }
    }
    return seen.toString().strip();
  }

  private static boolean isBlank(int c) {
    return c != ' ' && Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private static boolean belongs(String text, int i) {
    int c = text.codePointAt(i);
    if (c == WIDE_BLANK) {
      int after = i + 1;
      return i > 0
          && after < text.length()
          && isEastAsian(text.codePointBefore(i))
          && isEastAsian(text.codePointAt(after));
    }
    return InvisibleCharacter.isJoiner(c) && InternationalName.joins(word(text, i));
  }

  private static boolean isEastAsian(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
      default -> c == 0x30FC;
    };
  }

  /** The letters, marks and joiners around a place. */
  private static String word(String text, int at) {
    int from = at;
    while (from > 0 && isOfWord(text.codePointBefore(from))) {
      from -= Character.charCount(text.codePointBefore(from));
    }
    int to = at;
    while (to < text.length() && isOfWord(text.codePointAt(to))) {
      to += Character.charCount(text.codePointAt(to));
    }
    return text.substring(from, to);
  }

  private static boolean isOfWord(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isLetter(c) || InvisibleCharacter.isJoiner(c);
    };
  }
}
