package io.sluice.catalog.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of a hosts file: an address and the names that lead to it. Names that lead nowhere are
 * blocked by it.
 */
final class HostsLine {
  private static final Set<String> OWN_NAMES =
      Set.of(
          "localhost",
          "localhost.localdomain",
          "local",
          "broadcasthost",
          "ip6-localhost",
          "ip6-loopback",
          "ip6-localnet",
          "ip6-mcastprefix",
          "ip6-allnodes",
          "ip6-allrouters",
          "ip6-allhosts",
          "0.0.0.0");

  private final String address;
  private final List<String> names = new ArrayList<>();

  private HostsLine(String address) {
    this.address = address;
  }

  /** The text as such a line; null if it is none. */
  static @Nullable HostsLine of(String text) {
    String[] words = text.split("[ \t]+", -1);
    if (words.length < 2 || PatternSyntax.cidr(withoutZone(words[0])) != null || IpRange.is(text)) {
      return null;
    }
    HostsLine line = new HostsLine(words[0]);
    for (int i = 1; i < words.length; i++) {
      if (words[i].startsWith("-")) {
        return null; // a range
      }
      line.names.add(words[i]);
    }
    return line;
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  /** The names that are not those of every such file. */
  List<String> blocked() {
    return names.stream()
        .filter(name -> !OWN_NAMES.contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** True if the address is one that leads nowhere. */
  boolean leadsNowhere() {
    return address.startsWith("127.")
        || address.equals("0.0.0.0")
        || address.equals("::")
        || address.equals("::1");
  }

  /** The address as it is written. */
  String address() {
    return address;
  }
}
