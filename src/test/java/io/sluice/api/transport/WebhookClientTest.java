package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.SmallServer;
import io.sluice.sandbox.TestCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/** A webhook is reached by the way that a company's network leaves open, or why not is said. */
final class WebhookClientTest {
  private static final String NAME = "hooks.sluice.example";
  private static final URI HOOK = URI.create("https://" + NAME + "/services/T0/s3cret-path");
  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString(SmallServer.bytes("bob:p@ss"));

  @TempDir private Path directory = Path.of("");
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private @Nullable DisposableServer server;
  private Path authority = Path.of("");

  @BeforeEach
  void start() throws Exception {
    TestCertificate made = TestCertificate.in(directory, NAME);
    authority = made.pem(directory);
    SslProvider.GenericSslContextSpec<?> context = Http11SslContextSpec.forServer(made.keys());
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .secure(tls -> tls.sslContext(context))
            .handle(
                (request, response) ->
                    request
                        .receive()
                        .aggregate()
                        .asString()
                        .doOnNext(
                            body -> taken.add(request.uri() + " " + body + userAgent(request)))
                        .then(response.status(204).send()))
            .bindNow();
  }

  private static String userAgent(reactor.netty.http.server.HttpServerRequest request) {
    return " " + request.requestHeaders().get("User-Agent");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.disposeNow();
    }
  }

  private int port() {
    return server == null ? 0 : server.port();
  }

  @Test
  void aWebhookIsReachedThroughTheProxyWhoseAuthorityIsTrusted() throws Exception {
    try (SmallServer proxy = SmallServer.connectProxy(port(), LOGIN)) {
      assertThat(post(proxy, "bob:p%40ss@", authority)).isEqualTo(204);
      assertThat(taken).containsExactly("/services/T0/s3cret-path {\"text\":\"x\"} sluice/test");
      assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT " + NAME + ":443");
    }
  }

  @Test
  void whatStandsInTheWayIsNamedWithoutSecrets() throws Exception {
    try (SmallServer proxy = SmallServer.connectProxy(port(), LOGIN)) {
      assertUnreachable(
          () -> post(proxy, "bob:wr0ng-s3cret@", authority),
          "the proxy refused the user or password in HTTPS_PROXY (407)");
      assertUnreachable(
          () -> post(proxy, "bob:p%40ss@", null),
          "the certificate of " + NAME + " is not trusted: 'CN=" + NAME);
      assertThat(taken).isEmpty();
    }
  }

  private static void assertUnreachable(ThrowingCallable post, String why) {
    assertThatThrownBy(post)
        .isInstanceOf(WebhookClient.UnreachableException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("s3cret");
  }

  private static @Nullable Integer post(SmallServer proxy, String user, @Nullable Path trusted) {
    String url = "http://" + user + "127.0.0.1:" + proxy.port();
    TransportOptions options =
        TransportOptions.defaults("test").withNetwork(trusted, false, ProxySettings.of(url, null));
    return new WebhookClient(options, Duration.ofSeconds(10))
        .post(
            HOOK, Map.of("Content-Type", "application/json"), SmallServer.bytes("{\"text\":\"x\"}"))
        .block(Duration.ofSeconds(20));
  }
}
