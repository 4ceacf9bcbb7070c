package io.sluice.catalog.pattern;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A character that leaves no mark of its own, or one that looks like a plain blank: control and
 * format characters, bidirectional marks, blanks other than the space, fillers, variation
 * selectors. A text that holds one is not what it seems to be.
 *
 * <p>Every character that UTS 46 ignores is among them, and a lone half of a surrogate pair, and
 * U+FFFD, which stands where a character was lost.
 */
final class InvisibleCharacter {
  /** Joins or separates letters in Arabic and Indic scripts, and parts of emoji. */
  private static final int NON_JOINER = 0x200C;

  private static final int JOINER = 0x200D;
  private static final int LOST = 0xFFFD;

  private InvisibleCharacter() {}

  /** True for the two characters that have a meaning between letters of some scripts. */
  static boolean isJoiner(int c) {
    return c == NON_JOINER || c == JOINER;
  }

  /** True for the character that stands where one was lost. */
  static boolean isLost(int c) {
    return c == LOST;
  }

  /** True if the character shows nothing, joiners included. */
  static boolean is(int c) {
    if (c <= '~') {
      return c < ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> !isNumberSign(c);
      default -> isIgnorable(c);
    };
  }

  /** The fault of the first one in a text, a plain space not counted; null if none is. */
  static @Nullable String reason(String text) {
    int at = find(text, true);
    return at < 0 ? null : advised(text, at);
  }

  /** The same, but for joiners, which are left to whoever knows the letters beside them. */
  static @Nullable String reasonInName(String text) {
    int at = find(text, false);
    return at < 0 ? null : advised(text, at);
  }

  /**
   * The same in a regular expression, where such a character can be written as an escape. Tabs and
   * line ends are left alone, since an expression with comments may have them.
   */
  static @Nullable String reasonInRegex(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if ((is(c) || c == LOST) && c != '\t' && c != '\n' && c != '\r') {
        String escape = String.format(Locale.ROOT, c > 0xFFFF ? "\\x{%X}" : "\\u%04X", c);
        String advice = c == LOST ? ": put it back" : ": remove it";
        return reason(text, i) + advice + ", or write " + escape + " if it is meant";
      }
    }
    return null;
  }

  /** True if a text holds one that is no joiner. */
  static boolean isIn(String text) {
    return find(text, false) >= 0;
  }

  /** True if a text holds some that come with copied text. */
  static boolean isPastedIn(String text) {
    return text.codePoints().anyMatch(InvisibleCharacter::isPasted);
  }

  /** The text without what came with copied text; blanks that do not break become plain ones. */
  static String dropped(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.getType(c) == Character.SPACE_SEPARATOR && c != ' ') {
                seen.append(' ');
              } else if (!isPasted(c)) {
                seen.appendCodePoint(c);
              }
            });
    return seen.toString();
  }

  /** True if there are joiners between letters of scripts that are written with them. */
  static boolean joining(String text) {
    boolean joiner = text.indexOf('\u200C') >= 0 || text.indexOf('\u200D') >= 0;
    return joiner && text.codePoints().anyMatch(c -> c > 0x7F && Character.isLetter(c));
  }

  /** Control characters and halves of characters are no paste marks: they stay, and are invalid. */
  static boolean isPasted(int c) {
    int type = Character.getType(c);
    return c > '~' && type != Character.CONTROL && type != Character.SURROGATE && is(c);
  }

  private static int find(String text, boolean joiners) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == LOST || (is(c) && (joiners || !isJoiner(c)))) {
        return i;
      }
    }
    return -1;
  }

  /** The fault of the one at that place, and what to do. */
  static String advised(String text, int at) {
    return reason(text, at) + (text.codePointAt(at) == LOST ? ": put it back" : ": remove it");
  }

  private static String reason(String text, int at) {
    int c = text.codePointAt(at);
    String which = CodePoint.placed(text, at);
    if (c == LOST) {
      return which + " stands for a character that was lost in a wrong encoding";
    } else if (Character.getType(c) == Character.SURROGATE) {
      return which + " is half of a character";
    }
    return which + " cannot be seen";
  }

  /** Unicode's format characters that are drawn around or below the digits after them. */
  private static boolean isNumberSign(int c) {
    return (c >= 0x0600 && c <= 0x0605)
        || c == 0x06DD
        || c == 0x070F
        || c == 0x0890
        || c == 0x0891
        || c == 0x08E2
        || c == 0x110BD
        || c == 0x110CD;
  }

  /**
   * What Unicode lets a program draw as nothing though it is no format character (the property
   * Default_Ignorable_Code_Point), and two letters and a symbol that are drawn as blanks.
   */
  private static boolean isIgnorable(int c) {
    return c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || (c >= 0x2060 && c <= 0x206F)
        || c == 0x2800
        || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFFA0
        || (c >= 0xFFF0 && c <= 0xFFF8)
        || c == 0xFFFC
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }
}
