package io.sluice.api.transport;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy, as {@code NO_PROXY} names them: a host with
 * everything below it, an ending such as {@code .example.com}, a pattern with {@code *}, an address
 * or a block of addresses, each with a port if it is meant for just that one.
 */
final class DirectHosts {
  /** What separates or encloses entries elsewhere: such an entry would match no host, unnoticed. */
  private static final Pattern FOREIGN = Pattern.compile("[;|\"']");

  private DirectHosts() {}

  /**
   * The entries of the variable, which commas or blanks separate.
   *
   * @throws IllegalArgumentException if an entry cannot name a host
   */
  static List<String> entries(String variable, String list) {
    List<String> entries =
        Arrays.stream(list.split("[,\\s]+", -1))
            .map(host -> undotted(host.toLowerCase(Locale.ROOT)))
            .filter(host -> !host.isEmpty())
            .toList();
    for (String entry : entries) {
      if (FOREIGN.matcher(entry).find()) {
        throw new IllegalArgumentException(
            variable + ": '" + entry + "' is no host; commas separate entries, without quotes");
      }
      if (entry.contains("/") && Block.of(entry) == null) {
        throw new IllegalArgumentException(
            variable
                + ": '"
                + entry
                + "' is neither a host nor a block of addresses; an entry is like"
                + " api.example.com, .example.com or 10.0.0.0/8");
      }
    }
    return entries;
  }

  /** True if the entry names that host and port. */
  static boolean names(String entry, String host, int port) {
    String name = undotted(host.toLowerCase(Locale.ROOT));
    byte @Nullable [] address = NetUtil.createByteArrayFromIpAddressString(name);
    Block block = Block.of(entry);
    if (block != null) {
      return address != null && block.holds(address);
    }
    int colon = entry.lastIndexOf(':');
    String target = entry;
    if (colon > 0 && entry.substring(colon + 1).matches("\\d{1,5}")) {
      if (Integer.parseInt(entry.substring(colon + 1)) != port) {
        return false;
      }
      target = entry.substring(0, colon);
      Block single = Block.of(target);
      if (single != null) {
        return address != null && single.holds(address);
      }
    }
    if (target.startsWith("*.") && target.indexOf('*', 1) < 0) {
      target = target.substring(1);
    }
    if (target.contains("*")) {
      String pattern = Pattern.quote(target).replace("*", "\\E.*\\Q");
      return Pattern.matches(pattern, name);
    }
    String ending = target.startsWith(".") ? target : "." + target;
    return name.equals(target) || (address == null && name.endsWith(ending));
  }

  /** The name without the dot of DNS's root at its end, or before its port. */
  private static String undotted(String name) {
    return name.replaceFirst("(?<=[^.])\\.(?=$|:\\d{1,5}$)", "");
  }

  /** Addresses that begin with the same bits; a single address is the smallest block. */
  private static final class Block {
    private final byte[] first;
    private final int bits;

    private Block(byte[] first, int bits) {
      this.first = first;
      this.bits = bits;
    }

    static @Nullable Block of(String text) {
      int slash = text.indexOf('/');
      String base = slash < 0 ? text : text.substring(0, slash);
      byte @Nullable [] first = NetUtil.createByteArrayFromIpAddressString(base);
      if (first == null) {
        return null;
      }
      int most = first.length * 8;
      String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
      if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > most) {
        return null;
      }
      return new Block(first, Integer.parseInt(length));
    }

    boolean holds(byte[] address) {
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((first[bit / 8] ^ address[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
