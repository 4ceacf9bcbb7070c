package io.sluice.catalog.pattern;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import org.jspecify.annotations.Nullable;

/** CIDR blocks that are written with an address inside the block: {@code 198.51.100.7/24}. */
public final class HostBits {
  private HostBits() {}

  /** The block that such a text stands for; null if it is no such text. */
  public static @Nullable String block(String text) {
    if (text.indexOf('/') < 0 || PatternSyntax.cidr(text) != null) {
      return null;
    }
    IPAddress address = new IPAddressString(text).getAddress();
    return address == null || address.isPrefixBlock()
        ? null
        : address.toPrefixBlock().toCanonicalString();
  }
}
