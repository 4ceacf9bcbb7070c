package io.sluice.pipeline.insight.regex;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds a character that a class of characters holds. */
final class Samples {
  private static final String LIKELY = "abcdefghijklmnopqrstuvwxyz0123456789-._@+ %!=/\t\n\u00e4";

  private Samples() {}

  /** A character of the class, if one of the likely ones is in it; else an x. */
  static String of(String characterClass) {
    try {
      Pattern pattern = Pattern.compile(characterClass);
      for (int i = 0; i < LIKELY.length(); i++) {
        String one = LIKELY.substring(i, i + 1);
        if (pattern.matcher(one).matches()) {
          return one;
        }
      }
      for (char c = ' '; c <= '~'; c++) {
        if (pattern.matcher(String.valueOf(c)).matches()) {
          return String.valueOf(c);
        }
      }
    } catch (PatternSyntaxException partOfSomethingElse) {
      return "x";
    }
    return "x";
  }
}
