package io.sluice.catalog.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what to write in place of a {@code *} in a pattern that is no regular expression. There the
 * API takes it for a character, so that the pattern would match nothing.
 */
final class Wildcard {
  private static final Pattern ANY_SENDER = Pattern.compile("\\*@([^*@]+)");
  private static final Pattern SUBDOMAINS = Pattern.compile("\\*\\.([^*@]+)");
  private static final Pattern OCTETS = Pattern.compile("((?:[0-9]{1,3}\\.){1,3})\\*(?:\\.\\*)*");

  private static final Pattern X = Pattern.compile("(?:[0-9]{1,3}\\.)+[xX](?:\\.[xX])*");

  private Wildcard() {}

  /** The fault of an address whose last numbers are written as x; null if it is none. */
  static @Nullable String withX(String text) {
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    if ((last != 'x' && last != 'X') || !X.matcher(text).matches()) {
      return null;
    }
    Matcher octets = OCTETS.matcher(text.replace('x', '*').replace('X', '*'));
    String block = octets.matches() ? block(octets.group(1)) : null;
    return "an x stands for itself only: "
        + (block == null ? "write the address" : "give the block " + block + ", or the address");
  }

  /** The advice in place of SQL's sign for any text. */
  static String percent(String text) {
    return inAddress("*" + text.substring(1)).replaceFirst("^\\*", "%");
  }

  static String inAddress(String text) {
    Matcher anySender = ANY_SENDER.matcher(text);
    String domain =
        anySender.matches() && PatternSyntax.domain(anySender.group(1)) == null
            ? "for every address of the domain give the domain "
                + anySender.group(1)
                + " (pattern_type DOMAIN), or "
            : "";
    return "* stands for itself only: " + domain + regex(text);
  }

  static String inDomain(String text) {
    Matcher octets = OCTETS.matcher(text);
    if (octets.matches()) {
      return inIp(text);
    }
    Matcher subdomains = SUBDOMAINS.matcher(text);
    String domain =
        subdomains.matches() && PatternSyntax.domain(subdomains.group(1)) == null
            ? "for the domain itself give " + subdomains.group(1) + ", for its subdomains "
            : "";
    return "* stands for itself only: " + domain + regex(text);
  }

  static String inIp(String text) {
    Matcher octets = OCTETS.matcher(text);
    if (octets.matches()) {
      String block = block(octets.group(1));
      if (block != null) {
        return "* stands for itself only: give the block " + block;
      }
    }
    return "* stands for itself only: give a CIDR block";
  }

  /** The block of all addresses that begin so; null if there is none. */
  private static @Nullable String block(String numbers) {
    int given = numbers.split("\\.", -1).length - 1;
    String block = numbers + "0.".repeat(3 - given) + "0/" + 8 * given;
    return PatternSyntax.cidr(block) == null ? block : null;
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        regex.append(".*");
      } else if ("\\[](){}.+?^$|".indexOf(c) >= 0) {
        regex.append('\\').append(c);
      } else {
        regex.append(c);
      }
    }
    return "give a regular expression and mark it as one: " + regex;
  }
}
