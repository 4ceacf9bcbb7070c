package io.sluice.catalog.pattern;

/** Characters that nobody sees, which come with copied text. */
final class UnseenCharacters {
  private UnseenCharacters() {}

  static boolean in(String text) {
    return text.codePoints().anyMatch(UnseenCharacters::is);
  }

  /** The text without them; blanks that do not break become plain ones. */
  static String dropped(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.getType(c) == Character.SPACE_SEPARATOR && c != ' ') {
                seen.append(' ');
              } else if (!is(c)) {
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

  private static boolean is(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || (type == Character.SPACE_SEPARATOR && c != ' ')
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0;
  }
}
