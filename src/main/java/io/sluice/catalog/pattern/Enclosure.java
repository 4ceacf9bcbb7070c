package io.sluice.catalog.pattern;

import java.util.regex.Pattern;

/** The characters around a copied value: blanks, quotes, angle brackets, a comma behind it. */
final class Enclosure {
  private static final String[] PAIRS = {"\"\"", "''", "``", "<>", "“”", "„“", "‘’", "«»", "‹›"};
  private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-fA-F:.]+\\]");

  private Enclosure() {}

  static String without(String text) {
    String inner = text.strip();
    String before = "";
    while (!inner.equals(before)) {
      before = inner;
      inner = inner(inner).strip();
    }
    return inner;
  }

  private static String inner(String text) {
    int last = text.length() - 1;
    if (last < 1) {
      return text;
    } else if (text.charAt(last) == ',' || text.charAt(last) == ';') {
      return text.substring(0, last);
    }
    String within = text.substring(1, last);
    for (String pair : PAIRS) {
      if (text.charAt(0) == pair.charAt(0)
          && text.charAt(last) == pair.charAt(1)
          && within.indexOf(pair.charAt(0)) < 0
          && within.indexOf(pair.charAt(1)) < 0) {
        return within;
      }
    }
    return ADDRESS.matcher(text).matches() && PatternSyntax.cidr(within) == null ? within : text;
  }
}
