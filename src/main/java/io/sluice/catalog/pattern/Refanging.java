package io.sluice.catalog.pattern;

import java.util.regex.Pattern;

/** Makes a defanged text what it was before somebody took care that nobody could click on it. */
final class Refanging {
  private static final String OPEN = "[ \t]*[\\[({]";
  private static final String CLOSE = "[\\])}][ \t]*";
  private static final int CASELESS = Pattern.CASE_INSENSITIVE;
  private static final Pattern DOT = Pattern.compile(OPEN + "(\\.|dot)" + CLOSE, CASELESS);
  private static final Pattern AT = Pattern.compile(OPEN + "(@|at)" + CLOSE, CASELESS);
  private static final Pattern MARK = Pattern.compile("[\\[({](://|:/|//|:|/)[\\])}]");
  private static final Pattern ESCAPED = Pattern.compile("\\\\\\.");
  private static final Pattern REGEX = Pattern.compile("[\\^$*+|?]|\\.\\*|\\\\[a-zA-Z]");
  private static final Pattern SCHEME =
      Pattern.compile("^(hxx|h\\*\\*|hxt|htx)p(s?):(?=//)", CASELESS);
  private static final Pattern FILES = Pattern.compile("^f[x*]p(s?):(?=//)", CASELESS);
  private static final Pattern WORDS = Pattern.compile("\\S+([ \t]+(dot|at)[ \t]+\\S+)+", CASELESS);

  private Refanging() {}

  /** The text as it was; the same text if it is not defanged. */
  static String refanged(String text) {
    String plain = DOT.matcher(text).replaceAll(".");
    plain = AT.matcher(plain).replaceAll("@");
    plain = MARK.matcher(plain).replaceAll("$1");
    if (!REGEX.matcher(plain).find() || plain.contains("://")) {
      plain = ESCAPED.matcher(plain).replaceAll(".");
    }
    plain = SCHEME.matcher(plain).replaceFirst("http$2:");
    return FILES.matcher(plain).replaceFirst("ftp$1:");
  }

  /** True if dots or the at sign are spelled as words, which may be words. */
  static boolean isSpelledOut(String text) {
    return WORDS.matcher(text).matches();
  }

  /** True if the text escapes dots, and has other marks of a regular expression. */
  static boolean isRegex(String text) {
    return text.contains("\\.") && REGEX.matcher(text).find() && !text.contains("://");
  }
}
