package io.sluice.api;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy {@code https:} calls go, and which hosts are reached without it. Follows the
 * custom of {@code HTTPS_PROXY} and {@code NO_PROXY}.
 *
 * @param url the proxy, with its user and password if it wants them; null for none
 * @param except host names, name endings or {@code *}
 */
public record ProxySettings(@Nullable URI url, List<String> except) {
  /** No proxy. */
  public static final ProxySettings NONE = new ProxySettings(null, List.of());

  /**
   * Reads the two variables; empty counts as unset.
   *
   * @throws IllegalArgumentException if the proxy's address cannot be one; its text is not
   *     repeated, as it may hold a password
   */
  public static ProxySettings of(@Nullable String httpsProxy, @Nullable String noProxy) {
    if (httpsProxy == null || httpsProxy.isBlank()) {
      return NONE;
    }
    String address = httpsProxy.contains("://") ? httpsProxy : "http://" + httpsProxy;
    URI url;
    try {
      url = URI.create(address.strip());
    } catch (IllegalArgumentException broken) {
      throw unusable();
    }
    if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      throw unusable();
    }
    List<String> except =
        noProxy == null
            ? List.of()
            : Arrays.stream(noProxy.split(",", -1))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
    return new ProxySettings(url, except);
  }

  /** The proxy for a target, or null if it is reached directly. */
  @Nullable URI proxyFor(URI target) {
    if (url == null || !"https".equals(target.getScheme()) || Loopback.is(target.getHost())) {
      return null;
    }
    String host = target.getHost().toLowerCase(Locale.ROOT);
    for (String exception : except) {
      String ending = exception.startsWith("*.") ? exception.substring(1) : exception;
      String suffix = ending.startsWith(".") ? ending : "." + ending;
      if (exception.equals("*") || host.equals(exception) || host.endsWith(suffix)) {
        return null;
      }
    }
    return url;
  }

  /** The port of a proxy's address; 3128, as is the custom, if it names none. */
  static int portOf(URI proxy) {
    return proxy.getPort() < 0 ? 3128 : proxy.getPort();
  }

  private static IllegalArgumentException unusable() {
    return new IllegalArgumentException(
        "HTTPS_PROXY is not an address like http://proxy.example:3128");
  }

  /** Where the proxy is; never its password. */
  @Override
  public String toString() {
    return url == null ? "no proxy" : "proxy " + url.getHost() + ":" + portOf(url);
  }
}
