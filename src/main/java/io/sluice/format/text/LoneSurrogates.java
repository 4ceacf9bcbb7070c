package io.sluice.format.text;

/** Finds halves of surrogate pairs: JSON escapes can write them, UTF-8 cannot. */
public final class LoneSurrogates {
  private LoneSurrogates() {}

  public static boolean in(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
