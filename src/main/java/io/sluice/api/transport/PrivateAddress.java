package io.sluice.api.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Tells addresses of this machine and of closed networks from public ones. Source: IANA's
 * registries of special-purpose addresses (RFC 6890).
 */
final class PrivateAddress {
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  /** For translation within one network, to its private addresses too (RFC 8215). */
  private static final byte[] LOCAL_NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1};

  private PrivateAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    return address instanceof Inet4Address ? is(bytes) : isSixth(bytes);
  }

  private static boolean is(byte[] ipv4) {
    int first = ipv4[0] & 0xff;
    int second = ipv4[1] & 0xff;
    return first == 0
        || first == 10
        || first == 127
        || first >= 224
        || (first == 100 && second >= 64 && second < 128)
        || (first == 169 && second == 254)
        || (first == 172 && second >= 16 && second < 32)
        || (first == 192 && second == 168)
        || (first == 192 && second == 0 && (ipv4[2] == 0 || ipv4[2] == 2))
        || (first == 198 && (second == 18 || second == 19));
  }

  /** Unique-local ones, and those that stand for an IPv4 address. */
  private static boolean isSixth(byte[] ipv6) {
    boolean unique = (ipv6[0] & 0xfe) == 0xfc;
    boolean locallyTranslated = Arrays.equals(ipv6, 0, LOCAL_NAT64.length, LOCAL_NAT64, 0, 6);
    boolean translated = Arrays.equals(ipv6, 0, NAT64.length, NAT64, 0, NAT64.length);
    boolean compatible = true;
    for (int i = 0; i < 10; i++) {
      compatible &= ipv6[i] == 0;
    }
    boolean sixToFour = ipv6[0] == 0x20 && ipv6[1] == 0x02;
    return unique
        || locallyTranslated
        || ((translated || compatible) && is(Arrays.copyOfRange(ipv6, 12, 16)))
        || (sixToFour && is(Arrays.copyOfRange(ipv6, 2, 6)));
  }
}
