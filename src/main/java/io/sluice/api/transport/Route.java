package io.sluice.api.transport;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The way to the API.
 *
 * @param host the API's host
 * @param port its port
 * @param proxy the proxy that leads there; null if there is none
 */
public record Route(String host, int port, @Nullable ProxySettings proxy) {
  public static Route of(URI baseUrl, ProxySettings settings) {
    int usual = "https".equals(baseUrl.getScheme()) ? 443 : 80;
    return new Route(
        baseUrl.getHost(),
        baseUrl.getPort() < 0 ? usual : baseUrl.getPort(),
        settings.proxyFor(baseUrl) == null ? null : settings);
  }

  /** The host, with its port if that is not the usual one. */
  String place() {
    return port == 443 || port == 80 ? host : host + ":" + port;
  }
}
