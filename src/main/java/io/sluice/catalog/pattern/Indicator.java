package io.sluice.catalog.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A pattern that is no regular expression.
 *
 * @param type what it matches; never UNKNOWN
 * @param text the pattern
 */
public record Indicator(PatternType type, String text) {

  /** The text as a pattern that needs no rewriting; null if it is none. */
  static @Nullable Indicator plain(String text) {
    if (text.indexOf('*') >= 0
        || InvisibleCharacter.isPastedIn(text)
        || IpRange.isShort(text)
        || !Enclosure.without(text).equals(text)) {
      return null;
    } else if (text.indexOf('@') >= 0) {
      return PatternSyntax.email(text) == null ? new Indicator(PatternType.EMAIL, text) : null;
    } else if (PatternSyntax.domain(text) == null) {
      return new Indicator(PatternType.DOMAIN, text);
    }
    return PatternSyntax.cidr(text) == null ? new Indicator(PatternType.IP, text) : null;
  }

  /** The fault of it for a sender; null if nothing is. */
  @Nullable String fault() {
    return switch (type) {
      case EMAIL -> PatternSyntax.email(text);
      case DOMAIN -> PatternSyntax.domain(text);
      case IP -> PatternSyntax.senderIp(text);
      case UNKNOWN -> "of no known type";
    };
  }
}
