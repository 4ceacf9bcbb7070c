package io.sluice.catalog.pattern;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses, a wildcard or a mask, as the fewest CIDR blocks that hold just it. */
final class IpRange {
  private static final String V4 = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}";
  private static final String DASH = "(?:[ \t]*[-\u2010-\u2015][ \t]*|[ \t]+to[ \t]+)";
  private static final Pattern WHOLE =
      Pattern.compile("(" + V4 + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)" + DASH + "(\\S+)");
  private static final Pattern SHORT = Pattern.compile("(" + V4 + ")" + DASH + "([0-9]{1,3})");
  private static final Pattern STARS = Pattern.compile("(?:[0-9]{1,3}\\.){1,3}\\*(?:\\.\\*){0,2}");
  private static final Pattern MASK =
      Pattern.compile("(" + V4 + ")(?:/(" + V4 + ")|[ \t]+(255(?:\\.[0-9]{1,3}){3}))");
  private static final int OCTETS = 4;
  private static final int OCTET_BITS = 8;

  private IpRange() {}

  /** True if the text is a range whose end is a number alone, which reads like a name. */
  static boolean isShort(String text) {
    return text.indexOf('-') > 0 && text.charAt(0) <= '9' && SHORT.matcher(text).matches();
  }

  /** True if the text is meant as a range. */
  static boolean is(String text) {
    return SHORT.matcher(text).matches()
        || MASK.matcher(text).matches()
        || STARS.matcher(text).matches()
        || (WHOLE.matcher(text).matches() && endsWithAddress(text));
  }

  private static boolean endsWithAddress(String text) {
    Matcher whole = WHOLE.matcher(text);
    return whole.matches() && (address(whole.group(2)) != null || whole.group(2).contains(":"));
  }

  /** The blocks of such a text; null if it is none after all. */
  static @Nullable List<String> blocks(String text) {
    Matcher octet = SHORT.matcher(text);
    if (octet.matches()) {
      String from = octet.group(1);
      return blocks(from, from.substring(0, from.lastIndexOf('.') + 1) + octet.group(2));
    }
    Matcher mask = MASK.matcher(text);
    if (mask.matches()) {
      return masked(mask.group(1), mask.group(2) == null ? mask.group(3) : mask.group(2));
    }
    if (STARS.matcher(text).matches()) {
      return starred(text);
    }
    Matcher whole = WHOLE.matcher(text);
    return whole.matches() ? blocks(whole.group(1), whole.group(2)) : null;
  }

  private static @Nullable List<String> blocks(String from, String to) {
    IPAddress lower = address(from);
    IPAddress upper = address(to);
    if (lower == null
        || upper == null
        || lower.isIPv4() != upper.isIPv4()
        || lower.compareTo(upper) > 0) {
      return null;
    }
    List<String> blocks = new ArrayList<>();
    for (IPAddress block : lower.spanWithPrefixBlocks(upper)) {
      blocks.add(text(block));
    }
    return blocks;
  }

  private static @Nullable List<String> masked(String network, String mask) {
    IPAddress address = address(network);
    IPAddress bits = address(mask);
    Integer prefix = bits == null ? null : bits.getBlockMaskPrefixLength(true);
    if (address == null || prefix == null) {
      return null;
    }
    IPAddress block = address.toPrefixBlock(prefix);
    return block.getLower().withoutPrefixLength().equals(address) ? List.of(text(block)) : null;
  }

  /** Whole octets at the end, all four of them written. */
  private static @Nullable List<String> starred(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != OCTETS) {
      return null;
    }
    int fixed = OCTETS - (int) text.chars().filter(c -> c == '*').count();
    IPAddress first = address(text.replace('*', '0'));
    return first == null ? null : List.of(text(first.toPrefixBlock(fixed * OCTET_BITS)));
  }

  private static @Nullable IPAddress address(String text) {
    return text.indexOf('/') < 0 && PatternSyntax.cidr(text) == null
        ? new IPAddressString(text).getAddress()
        : null;
  }

  private static String text(IPAddress block) {
    Integer prefix = block.getNetworkPrefixLength();
    return prefix == null || prefix == block.getBitCount()
        ? block.withoutPrefixLength().toCanonicalString()
        : block.toPrefixBlock().toCanonicalString();
  }
}
