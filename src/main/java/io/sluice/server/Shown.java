package io.sluice.server;

import io.sluice.catalog.pattern.EscapedText;

/** What callers have sent, made fit to be shown to people and to go into a header. */
final class Shown {
  private static final int BRIEF = 80;
  private static final int LONGEST_NAME = 200;

  private Shown() {}

  /** The text, shortened, with every character that cannot be seen escaped. */
  static String brief(String text) {
    String shown = EscapedText.of(text);
    if (shown.length() <= BRIEF) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(BRIEF - 1)) ? BRIEF - 1 : BRIEF;
    return shown.substring(0, end) + "…";
  }

  /** A file's own name: no directory, nothing that does not print; never empty. */
  static String fileName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = printing(last).strip();
    if (plain.length() > LONGEST_NAME) {
      // The end tells the format.
      plain = plain.substring(plain.length() - LONGEST_NAME);
    }
    return plain.isEmpty() || plain.equals(".") || plain.equals("..") ? "upload" : plain;
  }

  private static String printing(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .filter(
            c ->
                !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.SURROGATE)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
