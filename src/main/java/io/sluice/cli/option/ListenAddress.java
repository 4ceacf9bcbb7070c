package io.sluice.cli.option;

import io.sluice.cli.text.Printable;
import io.sluice.config.UsageException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the service listens.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record ListenAddress(String host, int port) {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]*)):(\\d{1,5})");

  /**
   * Reads {@code HOST:PORT}; an empty host is every address of this machine.
   *
   * @throws UsageException if it is none
   */
  public static ListenAddress of(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > 65535) {
      throw new UsageException("--listen is HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080", null);
    }
    String name = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return new ListenAddress(
        name == null || name.isEmpty() ? "0.0.0.0" : name, Integer.parseInt(parts.group(3)));
  }

  /** True if only this machine can reach it. */
  public boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new UsageException(
          "--listen: there is no address '" + Printable.safe(host) + "'", null);
    }
  }
}
