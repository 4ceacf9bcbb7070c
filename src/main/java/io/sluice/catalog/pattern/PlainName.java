package io.sluice.catalog.pattern;

/**
 * Tells the names that nearly all rows have, of ASCII letters, digits and few marks, from those
 * that have to be looked at closely. What it accepts is right; what it does not accept may be.
 */
final class PlainName {
  private static final int LABEL = 63;
  private static final int DOMAIN = 253;

  private PlainName() {}

  /**
   * A domain name of two or more labels (RFC 1035), the last of which begins with a letter, and
   * none of which looks like an A-label.
   */
  static boolean isDomain(String text) {
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (!isLabel(text, start, i)) {
          return false;
        }
        start = i + 1;
      } else if (!AsciiText.isAlphanumeric(c) && c != '-') {
        return false;
      }
    }
    return start > 0
        && text.length() <= DOMAIN
        && isLabel(text, start, text.length())
        && isLetter(text.charAt(start));
  }

  /** Words of letters, digits, {@code _}, {@code -} and {@code +} with single dots between. */
  static boolean isAtom(String text) {
    char before = '.';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean word = AsciiText.isAlphanumeric(c) || c == '_' || c == '-' || c == '+';
      if (!word && (c != '.' || before == '.')) {
        return false;
      }
      before = c;
    }
    return before != '.';
  }

  private static boolean isLabel(String text, int from, int to) {
    return to > from
        && to - from <= LABEL
        && text.charAt(from) != '-'
        && text.charAt(to - 1) != '-'
        && !isEncoded(text, from, to);
  }

  /** Begins with {@code xn--}. */
  private static boolean isEncoded(String text, int from, int to) {
    return to - from > 3
        && text.charAt(from + 2) == '-'
        && text.charAt(from + 3) == '-'
        && (text.charAt(from) | 0x20) == 'x'
        && (text.charAt(from + 1) | 0x20) == 'n';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
