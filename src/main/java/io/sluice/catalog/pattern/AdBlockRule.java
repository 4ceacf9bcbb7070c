package io.sluice.catalog.pattern;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule of an AdBlock list. One that names a host and blocks it is understood, with the options
 * that leave that meaning; every other rule is refused.
 */
final class AdBlockRule {
  private static final Pattern HOST =
      Pattern.compile("\\|\\|(?<host>[^\\^$|]+)\\^?\\|?(\\$(?<options>\\S*))?");
  private static final Pattern ANCHORED = Pattern.compile("\\|(?<url>https?://[^|^$]+)[|^]?");
  private static final Pattern HIDING = Pattern.compile("\\S*#[@?$%]{0,2}#\\S.*");
  private static final Set<String> HARMLESS =
      Set.of("third-party", "3p", "all", "important", "document", "doc", "popup");

  private AdBlockRule() {}

  /** True if the text is such a rule. */
  static boolean is(String text) {
    return text.startsWith("|") || text.startsWith("@@|") || HIDING.matcher(text).matches();
  }

  /** What it blocks; null if it is refused. */
  static @Nullable String blocked(String text) {
    Matcher rule = HOST.matcher(text);
    if (rule.matches()) {
      return refusedOption(rule.group("options")) == null ? rule.group("host") : null;
    }
    Matcher anchored = ANCHORED.matcher(text);
    return anchored.matches() ? anchored.group("url") : null;
  }

  /** Why it is refused. */
  static String refusal(String text) {
    if (text.startsWith("@@")) {
      return "an exception, which lets through: it is never made a pattern";
    }
    Matcher rule = HOST.matcher(text);
    String option = rule.matches() ? refusedOption(rule.group("options")) : null;
    return option == null
        ? "only rules that name a host, such as ||evil.example^, can be rewritten"
        : "its option '" + option + "' changes what it means";
  }

  private static @Nullable String refusedOption(@Nullable String options) {
    if (options != null) {
      for (String option : options.split(",", -1)) {
        if (!HARMLESS.contains(option.toLowerCase(Locale.ROOT))) {
          return option;
        }
      }
    }
    return null;
  }
}
