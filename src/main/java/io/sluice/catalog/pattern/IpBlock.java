package io.sluice.catalog.pattern;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An IP address or CIDR block as numbers.
 *
 * @param v6 whether it is of IPv6
 * @param high the first 64 bits of the first address; 0 for IPv4
 * @param low the other bits of the first address
 * @param length the length of the prefix: 32 or 128 for one address
 */
public record IpBlock(boolean v6, long high, long low, int length) implements Comparable<IpBlock> {

  private static final int V4 = 32;
  private static final int V6 = 128;

  /** The block that a text names, without the bits behind its prefix; null if it names none. */
  public static @Nullable IpBlock of(String text) {
    IPAddress address = PatternSyntax.parse(text);
    if (address == null) {
      return null;
    }
    Integer prefix = address.getNetworkPrefixLength();
    int length = prefix == null ? address.getBitCount() : prefix;
    ByteBuffer bytes = ByteBuffer.wrap(address.getLower().getBytes());
    return address.isIPv6()
        ? masked(true, bytes.getLong(), bytes.getLong(), length)
        : masked(false, 0, bytes.getInt() & 0xFFFF_FFFFL, length);
  }

  /**
   * The block that a text with an address inside of it stands for, such as {@code 198.51.100.7/24};
   * null if it is no such text.
   */
  public static @Nullable String around(String text) {
    if (text.indexOf('/') < 0 || PatternSyntax.cidr(text) != null) {
      return null;
    }
    IPAddress address = new IPAddressString(text).getAddress();
    return address == null || address.isPrefixBlock()
        ? null
        : address.toPrefixBlock().toCanonicalString();
  }

  /** The IPv4 address or block that a text writes as IPv4-mapped IPv6; null if it writes none. */
  public static @Nullable String unmapped(String text) {
    IPAddress address = PatternSyntax.parse(text);
    if (address == null || !address.isIPv6() || !address.toIPv6().isIPv4Mapped()) {
      return null;
    }
    Integer prefix = address.getNetworkPrefixLength();
    String plain =
        address
            .toIPv6()
            .getEmbeddedIPv4Address()
            .getLower()
            .withoutPrefixLength()
            .toCanonicalString();
    return prefix == null || prefix == V6 ? plain : plain + "/" + (prefix - V6 + V4);
  }

  private static IpBlock masked(boolean v6, long high, long low, int length) {
    if (!v6) {
      return new IpBlock(false, 0, low & (mask(length) >>> 32), length);
    }
    return new IpBlock(
        true, high & mask(Math.min(64, length)), low & mask(Math.max(0, length - 64)), length);
  }

  /** The leading {@code bits} of 64. */
  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  /** True if every address of the other block is one of this block. */
  public boolean contains(IpBlock other) {
    if (v6 != other.v6 || length > other.length) {
      return false;
    }
    IpBlock cut = masked(v6, other.high, other.low, length);
    return cut.high == high && cut.low == low;
  }

  /** True if it is one address. */
  public boolean isSingle() {
    return length == (v6 ? 128 : 32);
  }

  /** By first address; of blocks with the same one, the wider comes first. */
  @Override
  public int compareTo(IpBlock other) {
    int family = Boolean.compare(v6, other.v6);
    int first = family == 0 ? Long.compareUnsigned(high, other.high) : family;
    int second = first == 0 ? Long.compareUnsigned(low, other.low) : first;
    return second == 0 ? Integer.compare(length, other.length) : second;
  }
}
