package io.sluice.catalog.pattern;

/** Drops the invisible characters that come with copied text. */
final class InvisibleCharacters {
  private InvisibleCharacters() {}

  static boolean in(String text) {
    return text.codePoints().anyMatch(InvisibleCharacters::isPasted);
  }

  /** The text without them; blanks that do not break become plain ones. */
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
    return c > '~'
        && type != Character.CONTROL
        && type != Character.SURROGATE
        && InvisibleCharacter.is(c);
  }
}
