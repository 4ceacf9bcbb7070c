package io.sluice.catalog.pattern;

/** Texts of ASCII characters, and the ASCII letters of others. */
final class AsciiText {
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
