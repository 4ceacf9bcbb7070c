package io.sluice.catalog.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A wildcard before a domain: for its addresses, or for the names below it. */
final class WildcardDomain {
  private static final Pattern ANY = Pattern.compile("[*%]?@(?<domain>[^@*]+)");
  private static final Pattern BELOW = Pattern.compile("([*%]?@)?(\\*\\.|\\.)(?<domain>[^@*]+)");

  private WildcardDomain() {}

  /** The domain behind the wildcard; null if the text is in no such form. */
  static @Nullable String domain(String text) {
    Matcher below = BELOW.matcher(text);
    if (below.matches()) {
      return below.group("domain");
    }
    Matcher any = ANY.matcher(text);
    return any.matches() ? any.group("domain") : null;
  }

  /** Which of the two a text is that has such a domain. */
  static Form form(String text) {
    return BELOW.matcher(text).matches() ? Form.SUBDOMAINS : Form.ANY_ADDRESS;
  }
}
