package io.sluice.catalog.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The regular expressions of blocked content, which are fewer than Java's. Source: Cloudflare's
 * product documentation lists {@code . * + ? \d \w \s \b [abc] [^abc] [a-z] {n,m} | ^ $}, with at
 * most 50 repetitions, and nothing else.
 */
final class ContentExpression {
  private static final int MOST = 50;
  private static final String SHORTHANDS = "dwsb";
  private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,4})(?:,(\\d{1,4}))?}");
  private static final String OPEN_END = "{n,}";
  private static final String NO_GROUPS = "is not supported, as blocked content has no groups: ";

  private final String text;
  private int at;

  /** True behind something that can be repeated. */
  private boolean repeatable;

  private ContentExpression(String text) {
    this.text = text;
  }

  /** The fault of the text as such an expression, with what to write instead; or null. */
  static @Nullable String wrong(String text) {
    return new ContentExpression(text).read();
  }

  private @Nullable String read() {
    while (at < text.length()) {
      char next = text.charAt(at);
      String wrong =
          switch (next) {
            case '\\' -> escape();
            case '[' -> characters();
            case '*', '+', '?' -> repeated(1);
            case '{' -> repetition();
            case '(' ->
                "'" + group() + "' " + NO_GROUPS + "write each alternative in a policy of its own";
            case ')' -> "')' " + NO_GROUPS + "write [)] for the character";
            case ']', '}' ->
                "a " + next + " that closes nothing; write [" + next + "] or leave it out";
            case '|', '^', '$' -> passed(1, false);
            default -> passed(1, true);
          };
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private @Nullable String passed(int characters, boolean canRepeat) {
    at += characters;
    repeatable = canRepeat;
    return null;
  }

  private @Nullable String escape() {
    if (at + 1 == text.length()) {
      return "a \\ at the end escapes nothing";
    }
    char next = text.charAt(at + 1);
    if (SHORTHANDS.indexOf(next) >= 0) {
      return passed(2, next != 'b');
    }
    String shown = "\\" + new String(Character.toChars(text.codePointAt(at + 1)));
    return Character.isLetterOrDigit(next)
        ? unsupported(shown, "the shorthands \\d, \\w, \\s and \\b alone")
        : "'" + shown + "' is not supported: write [" + shown.substring(1) + "] for the character";
  }

  private @Nullable String characters() {
    int from = text.startsWith("^", at + 1) ? at + 2 : at + 1;
    int end = text.indexOf(']', from);
    if (end < 0) {
      return "a [ without its ]";
    } else if (end == from) {
      return "empty brackets match nothing";
    }
    String inside = text.substring(from, end);
    if (inside.indexOf('\\') >= 0) {
      return unsupported("a \\ in brackets", "characters and ranges there, such as [a-z0-9]");
    } else if (inside.indexOf('[') >= 0 && inside.length() > 1) {
      return unsupported("brackets in brackets", "characters and ranges there, such as [a-z0-9]");
    }
    for (int i = 1; i + 1 < inside.length(); i++) {
      if (inside.charAt(i) == '-') {
        if (inside.charAt(i - 1) > inside.charAt(i + 1)) {
          return "the range " + inside.substring(i - 1, i + 2) + " runs backwards";
        }
        // What ends a range begins no other.
        i++;
      }
    }
    return passed(end + 1 - at, true);
  }

  private @Nullable String repetition() {
    Matcher bounds = REPETITION.matcher(text).region(at, text.length());
    if (!bounds.lookingAt()) {
      return text.substring(at).matches("(?s)\\{\\d+,}.*")
          ? unsupported(OPEN_END, "an upper bound; write {n,m} with m up to " + MOST)
          : "a { that begins no repetition such as {2,5}; write [{] for the character";
    }
    int least = Integer.parseInt(bounds.group(1));
    int most = bounds.group(2) == null ? least : Integer.parseInt(bounds.group(2));
    if (most > MOST) {
      return bounds.group() + " repeats more than the " + MOST + " times that are supported";
    } else if (least > most) {
      return bounds.group() + " has its bounds the wrong way round";
    }
    return repeated(bounds.group().length());
  }

  private @Nullable String repeated(int characters) {
    if (repeatable) {
      return passed(characters, false);
    }
    String sign = text.substring(at, at + characters);
    boolean doubled = at > 0 && "*+?}".indexOf(text.charAt(at - 1)) >= 0;
    return doubled
        ? unsupported(text.charAt(at - 1) + sign, "one repetition at a time")
        : "the " + sign + " has nothing before it to repeat";
  }

  private String group() {
    return text.startsWith("(?", at) ? text.substring(at, Math.min(at + 4, text.length())) : "(";
  }

  private static String unsupported(String construct, String instead) {
    return "'" + construct + "' is not supported; blocked content knows " + instead;
  }
}
