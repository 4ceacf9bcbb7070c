package io.sluice.server.http;

import io.sluice.catalog.pattern.EscapedText;

/** What callers have sent, made fit to be shown to people. */
public final class Printable {
  private static final int BRIEF = 80;

  private Printable() {}

  /** The text, shortened, with every character that cannot be seen escaped. */
  public static String brief(String text) {
    String shown = EscapedText.of(text);
    if (shown.length() <= BRIEF) {
      return shown;
    }
    int end = Character.isHighSurrogate(shown.charAt(BRIEF - 1)) ? BRIEF - 1 : BRIEF;
    return shown.substring(0, end) + "…";
  }
}
