package io.sluice.catalog.pattern;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A character beyond ASCII that no label of IDNA2008 holds as it is, though UTS 46 lets it pass:
 * one that stands for others, such as a fullwidth letter, a ligature, a superscript or {@code 。},
 * or a symbol. Case and the composition of accents are no such matter.
 *
 * <p>Source: RFC 5892, by general categories. The vowels of Thai and Lao that compatibility
 * decomposition takes apart are typed as they are, and count as letters.
 */
final class MappedCharacter {
  private static final int FULL_STOP = 0x3002;
  private static final int HALFWIDTH_FULL_STOP = 0xFF61;

  /** Allowed by name in RFC 5892, section 2.6, though they are no letters, marks or digits. */
  private static final String EXCEPTIONS =
      "\u00B7\u0375\u05F3\u05F4\u06FD\u06FE\u0F0B\u3007\u30FB\u200C\u200D";

  private static final String TYPED_AS_THEY_ARE = "\u0E33\u0EB3\u0EDC\u0EDD";

  private MappedCharacter() {}

  /**
   * What is wrong with the first one in a name that UTS 46 takes; null if there is none.
   *
   * @param name what UTS 46 makes of the text
   */
  static @Nullable String reason(String text, InternationalName name) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (isRewritable(c)) {
        return CodePoint.placed(text, i) + " stands for a plain one: write " + name.unicode();
      } else if (isMapped(c)) {
        return CodePoint.placed(text, i)
            + " cannot stand in one, and programs make "
            + name.unicode()
            + " of it: write the name that is meant";
      } else if (c > '~' && !isOfLabels(c)) {
        return CodePoint.placed(text, i)
            + " cannot stand in one (IDNA2008); if such a name is in use, write "
            + name.ascii();
      }
    }
    return null;
  }

  /** The text with those that stand for plain ones replaced, from an at sign on if it has one. */
  static String plain(String text) {
    int from = Math.max(0, Math.max(text.lastIndexOf('@'), text.lastIndexOf('\uFF20')));
    StringBuilder plain = new StringBuilder(text.length()).append(text, 0, from);
    text.substring(from)
        .codePoints()
        .forEach(
            c -> {
              if (isRewritable(c)) {
                plain.append(c == FULL_STOP || c == HALFWIDTH_FULL_STOP ? "." : compatible(c));
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }

  /** True if nobody can take the plain form for anything but what was meant. */
  private static boolean isRewritable(int c) {
    if (c == FULL_STOP || c == HALFWIDTH_FULL_STOP || (c >= 0xFF01 && c <= 0xFF5E)) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.LOWERCASE_LETTER,
          Character.UPPERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER ->
          c != 0xAA && c != 0xBA && isMapped(c);
      default -> false;
    };
  }

  private static boolean isMapped(int c) {
    if (c <= '~' || TYPED_AS_THEY_ARE.indexOf(c) >= 0) {
      return false;
    }
    String composed = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFC);
    return AsciiText.is(composed) || !compatible(c).equals(composed);
  }

  private static String compatible(int c) {
    return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
  }

  private static boolean isOfLabels(int c) {
    return switch (Character.getType(c)) {
      case Character.LOWERCASE_LETTER,
          Character.UPPERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> EXCEPTIONS.indexOf(c) >= 0;
    };
  }
}
