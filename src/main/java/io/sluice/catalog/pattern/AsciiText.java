package io.sluice.catalog.pattern;

/** Texts of ASCII characters, and the ASCII letters of others. */
final class AsciiText {
  private static final String A_LABEL = "xn--";

  private AsciiText() {}

  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** The text with its ASCII letters in lower case; every other character stays. */
  static String lowered(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUpper(text.charAt(i))) {
        return lowered(text, i);
      }
    }
    return text;
  }

  /**
   * True if a label of the name begins with {@code xn--}, in any case. Found without loading what
   * it takes to decode such labels.
   */
  static boolean hasALabel(String name) {
    for (int at = 0; at >= 0; at = nextLabel(name, at)) {
      if (name.regionMatches(true, at, A_LABEL, 0, A_LABEL.length())) {
        return true;
      }
    }
    return false;
  }

  private static int nextLabel(String name, int at) {
    int dot = name.indexOf('.', at);
    return dot < 0 ? -1 : dot + 1;
  }

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || isUpper(c) || (c >= '0' && c <= '9');
  }

  private static String lowered(String text, int from) {
    char[] chars = text.toCharArray();
    for (int i = from; i < chars.length; i++) {
      if (isUpper(chars[i])) {
        chars[i] = (char) (chars[i] + ('a' - 'A'));
      }
    }
    return new String(chars);
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
