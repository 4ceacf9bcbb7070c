package io.sluice.catalog.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host of a URL, with or without its scheme. Source: RFC 3986, section 3. */
final class UrlHost {
  private static final Pattern WITH_SCHEME =
      Pattern.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?<authority>[^/?#]*)(?<rest>.*)");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\[\\]]*\\]|[^\\[\\]:]*)(?<port>:[0-9]*)?");
  private static final Pattern WITHOUT =
      Pattern.compile(
          "(?<host>\\[[^\\[\\]]*\\]|[^\\[\\]:/?#@\\s]+)(?<port>:[0-9]{1,5})?(?<rest>[/?#].*)?");
  private static final Pattern PREFIX = Pattern.compile("/[0-9./]*");

  /** The length of a block behind an address, or something that was meant as one. */
  private static final Pattern NUMBER = Pattern.compile("/[\\s+]*[0-9]");

  private static final Pattern LENGTH = Pattern.compile("/[0-9]{1,3}/?");

  private UrlHost() {}

  /** The host of a text that is a URL, empty if it has none that is clear; null if it is none. */
  static @Nullable String of(String text) {
    Matcher url = WITH_SCHEME.matcher(text);
    if (url.matches()) {
      String host = host(url.group("authority"));
      // What may be a block of addresses is not one address.
      return isAddress(host) && LENGTH.matcher(url.group("rest")).matches() ? "" : host;
    }
    Matcher alone = WITHOUT.matcher(text);
    if (!alone.matches()) {
      return null;
    }
    String host = bare(alone.group("host"));
    String rest = alone.group("rest");
    boolean address = isAddress(host);
    if (!address && PatternSyntax.domain(host) != null) {
      return null;
    } else if (rest == null && alone.group("port") == null) {
      return null;
    }
    if (!address || rest == null) {
      return host;
    }
    boolean block = PREFIX.matcher(rest).matches() && rest.length() > 1;
    return block ? null : NUMBER.matcher(rest).lookingAt() ? "" : host;
  }

  private static boolean isAddress(String host) {
    return PatternSyntax.cidr(host) == null;
  }

  /** A backslash or a blank, and in the host a percent sign, is read in more than one way. */
  private static String host(String authority) {
    Matcher parts = AUTHORITY.matcher(authority.substring(authority.lastIndexOf('@') + 1));
    boolean odd = authority.chars().anyMatch(c -> c == '\\' || c <= ' ');
    return odd || !parts.matches() || parts.group("host").indexOf('%') >= 0
        ? ""
        : bare(parts.group("host"));
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
