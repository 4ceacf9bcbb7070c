package io.sluice.catalog.pattern;

import inet.ipaddr.IPAddress;
import java.net.IDN;
import java.util.Locale;

/** Finds the one spelling that stands for all spellings of an address, a name or an IP pattern. */
public final class Spelling {
  private Spelling() {}

  public static String folded(PatternType type, String text) {
    return switch (type) {
      case EMAIL -> email(text);
      case DOMAIN -> domain(text);
      case IP -> ip(text);
      case UNKNOWN -> text.toLowerCase(Locale.ROOT);
    };
  }

  private static String email(String text) {
    int at = text.lastIndexOf('@');
    return at < 0
        ? text.toLowerCase(Locale.ROOT)
        : text.substring(0, at + 1).toLowerCase(Locale.ROOT) + domain(text.substring(at + 1));
  }

  private static String domain(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    try {
      return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException notAName) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /** Such a name is its own ASCII form, even where it is no legal name. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** One address is the same as the block of that one address. */
  private static String ip(String text) {
    IPAddress address = PatternSyntax.parse(text);
    if (address == null) {
      return text.toLowerCase(Locale.ROOT);
    }
    Integer prefix = address.getNetworkPrefixLength();
    boolean single = prefix == null || prefix == address.getBitCount();
    return single
        ? address.withoutPrefixLength().toCanonicalString()
        : address.toPrefixBlock().toCanonicalString();
  }
}
