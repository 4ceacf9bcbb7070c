package io.sluice.catalog.pattern;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Zeros before the numbers of an IP pattern. Before one of the four numbers of an IPv4 address they
 * make it octal to some programs (POSIX's {@code inet_addr}) and change nothing to others; before
 * the length of a block they can mean one thing only.
 */
final class LeadingZeros {
  private static final Pattern OCTETS =
      Pattern.compile("(?=.*(^|\\.)0[0-9])[0-9]{1,4}(\\.[0-9]{1,4}){3}(/[0-9]+)?");
  private static final Pattern LENGTH =
      Pattern.compile("(?<address>[0-9a-fA-F:.]+)/0+(?<length>[0-9]{1,3})");

  private LeadingZeros() {}

  /** The fault of them, and what to write; null if there are none. */
  static @Nullable String reason(String text) {
    if (areAmbiguous(text)) {
      return "some programs read numbers with leading zeros as octal; write it without the zeros";
    }
    String block = block(text);
    return block == null ? null : "the length of the block has a leading zero: write " + block;
  }

  /** True if a number of the address has some. */
  static boolean areAmbiguous(String text) {
    return OCTETS.matcher(text).matches();
  }

  /** The block without those before its length; null if it has none, or is no block then. */
  static @Nullable String block(String text) {
    Matcher length = LENGTH.matcher(text);
    if (!length.matches()) {
      return null;
    }
    String block = length.group("address") + "/" + length.group("length");
    return PatternSyntax.cidr(block) == null ? block : null;
  }
}
