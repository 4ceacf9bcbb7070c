package io.sluice.api.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Obstacle;
import io.sluice.flow.retry.CallFailure.Kind;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a proxy's addresses, those that lead nowhere are passed over, and the proxy is named. */
final class ProxyAddressTest {
  private static final ProxySettings SETTINGS = ProxySettings.of("proxy.example:3128", null);

  private final ProxyAddress proxy =
      requireNonNull(
          ProxyAddress.of(
              SETTINGS,
              host ->
                  List.of(
                      InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1}),
                      InetAddress.getByAddress(host, new byte[] {10, 0, 0, 2}))));

  @Test
  void theAddressThatAnErrorNamesIsPassedOverOnce() {
    assertThat(proxy.get().getAddress().getHostAddress()).isEqualTo("10.0.0.1");
    SocketException dead =
        new SocketException("Network is unreachable: proxy.example/10.0.0.1:3128");
    proxy.explained(dead);
    proxy.explained(dead);
    assertThat(proxy.get().getAddress().getHostAddress()).isEqualTo("10.0.0.2");
    proxy.explained(dead);
    proxy.explained(new SocketException("Connection reset"));
    assertThat(proxy.get().getAddress().getHostAddress()).isEqualTo("10.0.0.2");
    proxy.explained(new ConnectException("timed out: proxy.example/10.0.0.2:3128"));
    assertThat(proxy.get().getAddress().getHostAddress()).isEqualTo("10.0.0.1");
  }

  @Test
  void aProxyThatNoWayLeadsToIsNamed() {
    Route route = Route.of(URI.create("https://api.example/v4"), SETTINGS);
    for (Exception error :
        List.of(
            new NoRouteToHostException("No route to host"),
            new SocketException("Network is unreachable"))) {
      RouteFailure failure = requireNonNull(RouteFailure.of(error, route, false));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure.obstacle()).isEqualTo(Obstacle.PROXY_FAILURE);
      assertThat(failure.text()).startsWith("no connection to the proxy proxy.example:3128 of");
    }
  }
}
