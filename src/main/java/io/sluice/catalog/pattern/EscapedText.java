package io.sluice.catalog.pattern;

import java.util.Locale;

/** Text from elsewhere, made fit to be shown: a reader sees every character that it holds. */
public final class EscapedText {
  private static final int BRIEF = 80;

  private EscapedText() {}

  /**
   * The text with every character that cannot be seen written as {@code \}{@code u} and its number:
   * control and bidirectional characters, no-break blanks, fillers. Joiners, variation selectors
   * and the wide blank stay after a character outside ASCII, where scripts and emoji need them.
   */
  public static String of(String text) {
    int first = firstUnseen(text);
    if (first == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
    int before = first == 0 ? ' ' : text.codePointBefore(first);
    for (int i = first; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!InvisibleCharacter.is(c) || (isJoining(c) && before > '~')) {
        shown.appendCodePoint(c);
        before = c;
      } else {
        shown.append(escaped(c));
        before = ' ';
      }
    }
    return shown.toString();
  }

  /** The same, shortened for a message. */
  public static String brief(String text) {
    String shown = of(text);
    if (shown.length() <= BRIEF) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(BRIEF - 1)) ? BRIEF - 1 : BRIEF;
    return shown.substring(0, end) + "…";
  }

  private static int firstUnseen(String text) {
    int i = 0;
    while (i < text.length() && !InvisibleCharacter.is(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  private static boolean isJoining(int c) {
    return InvisibleCharacter.isJoiner(c) || c == 0xFE0E || c == 0xFE0F || c == 0x3000;
  }

  private static String escaped(int c) {
    return String.format(Locale.ROOT, "\\u%04x", c);
  }
}
