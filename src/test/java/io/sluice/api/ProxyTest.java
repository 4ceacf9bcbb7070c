package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.flow.retry.CallFailure.Kind;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** What a proxy says is told as its words, and a password is not tried twice. */
final class ProxyTest {
  private static final String API = "https://api.sluice.example/client/v4";

  @Test
  void aWrongPasswordIsTriedOnceWhateverIsAskedAfterwards() throws IOException {
    try (SmallServer proxy = refusing("407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"");
        ApiRig rig = through("bob:wr0ng%21@", proxy, 6)) {
      ApiException refused = rig.noFirstPage();

      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.PROXY_LOGIN);
      assertThat(refused.answered()).isFalse();
      assertThat(refused)
          .hasMessageContaining("the proxy refused the user or password in HTTPS_PROXY (407)")
          .hasMessageContaining("127.0.0.1:" + proxy.port())
          .hasMessageNotContaining("wr0ng");
      List<Throwable> later =
          Flux.range(0, 20)
              .flatMap(
                  i ->
                      rig.create("{'pattern':'a'}")
                          .map(w -> new Throwable("created"))
                          .onErrorResume(error -> reactor.core.publisher.Mono.just(error)))
              .collectList()
              .block();
      assertThat(later)
          .hasSize(20)
          .allSatisfy(error -> assertThat(error).hasMessageContaining("(407)"));
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  @Test
  void aProxyThatWantsAUserIsToldApartFromOneThatRefusesIt() throws IOException {
    try (SmallServer proxy = refusing("407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"");
        ApiRig rig = through("", proxy, 6)) {
      assertThat(rig.noFirstPage())
          .hasMessageContaining("the proxy wants a user and a password (407)");
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  @Test
  void aProxyThatSpeaksAnotherSchemeIsNamedWithIt() throws IOException {
    try (SmallServer proxy =
            refusing("407 Who?\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate");
        ApiRig rig = through("bob:right@", proxy, 6)) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.obstacle()).isEqualTo(Obstacle.PROXY_SCHEME);
      assertThat(refused)
          .hasMessageContaining("it asks for NTLM, Negotiate and does not offer Basic")
          .hasMessageNotContaining("refused the user");
    }
  }

  @Test
  void aSchemeIsNotTakenForAnotherThatItsRealmNames() throws IOException {
    try (SmallServer proxy =
            refusing("407 Who?\r\nProxy-Authenticate: Digest realm=\"basic p\", nonce=\"1\"");
        ApiRig rig = through("bob:right@", proxy, 6)) {
      assertThat(rig.noFirstPage()).hasMessageContaining("it asks for Digest and does not offer");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 403, 404, 405})
  void aHostThatTheProxyRefusesIsAskedForOnce(int status) throws IOException {
    try (SmallServer proxy = refusing(status + " No\r\nContent-Type: text/html");
        ApiRig rig = through("", proxy, 6)) {
      ApiException refused = rig.noFirstPage();

      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.PROXY_REFUSAL);
      assertThat(refused)
          .hasMessageContaining("the proxy refuses to connect to api.sluice.example")
          .hasMessageContaining("(" + status + ")");
      assertThat(proxy.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void whatMayPassIsTriedAgainAndNamedAsTheProxys(int status) throws IOException {
    try (SmallServer proxy = refusing(status + " Later");
        ApiRig rig = through("", proxy, 2)) {
      ApiException failed = rig.noFirstPage();

      assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failed.obstacle()).isEqualTo(Obstacle.PROXY_FAILURE);
      assertThat(failed)
          .hasMessageContaining("of HTTPS_PROXY could not connect to api.sluice.example")
          .hasMessageContaining("(" + status + ")");
      assertThat(proxy.heads()).hasSize(2);
    }
  }

  @Test
  void aProxyThatIsDownIsNamed() throws IOException {
    try (ApiRig rig = rig("http://127.0.0.1:" + freePort(), 1)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failed.obstacle()).isEqualTo(Obstacle.PROXY_FAILURE);
      assertThat(failed).hasMessageContaining("no connection to the proxy 127.0.0.1:");
    }
  }

  @Test
  void whatIsNoProxyIsNamed() throws IOException {
    try (SmallServer mute = new SmallServer((client, self) -> self.head(client));
        ApiRig rig = through("", mute, 1)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failed.obstacle()).isEqualTo(Obstacle.PROXY_FAILURE);
      assertThat(failed).hasMessageEndingWith("did not answer as a proxy: disconnected");
    }
  }

  @Test
  void aProxysNameThatDoesNotExistEndsTheCallAfterOneTry() {
    String name = "p".repeat(64) + ".invalid";
    try (ApiRig rig = rig("http://" + name + ":3128", 6)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(failed.obstacle()).isEqualTo(Obstacle.PROXY_UNKNOWN);
      assertThat(failed).hasMessageContaining(name + " of the proxy in HTTPS_PROXY is unknown");
      assertThat(rig.client.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "220 mail ESMTP\r\n"})
  void whatSpeaksNoHttpIsNoProxyAndIsAskedOnce(String greeting) throws IOException {
    try (SmallServer other = SmallServer.answering(SmallServer.bytes(greeting));
        ApiRig rig = through("", other, 6)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(failed.obstacle()).isEqualTo(Obstacle.NO_PROXY);
      assertThat(failed)
          .hasMessageContaining("does not answer as an HTTP proxy")
          .hasMessageNotContaining("HTTP 999");
      assertThat(other.heads()).hasSize(1);
    }
  }

  @Test
  void aProxysNameThatCannotBeLookedUpIsNamedAsTheProxys() {
    try (ApiRig rig = rig("http://no-such-proxy.invalid:3128", 1)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isIn(Kind.BLOCKED, Kind.REFUSED);
      assertThat(failed).hasMessageContaining("no-such-proxy.invalid of the proxy in HTTPS_PROXY");
    }
  }

  @Test
  void aPasswordInAnyFormIsInNoMessage() throws IOException {
    try (SmallServer proxy = refusing("403 p%40ss+w0rd p@ss+w0rd")) {
      try (ApiRig rig = through("bob:p%40ss+w0rd@", proxy, 1)) {
        for (Throwable t = rig.noFirstPage(); t != null && t instanceof ApiException; ) {
          assertThat(t.getMessage()).doesNotContain("w0rd");
          t = t.getCause();
        }
      }
      assertThat(proxy.heads().get(0)).contains("proxy-authorization: Basic " + base64());
    }
  }

  private static String base64() {
    return java.util.Base64.getEncoder().encodeToString(SmallServer.bytes("bob:p@ss+w0rd"));
  }

  private static SmallServer refusing(String statusLineAndHeaders) throws IOException {
    return SmallServer.answering(
        SmallServer.bytes(
            "HTTP/1.1 " + statusLineAndHeaders + "\r\nContent-Length: 4\r\n\r\n<h1>"));
  }

  private static ApiRig through(String user, SmallServer proxy, int attempts) {
    return rig("http://" + user + "127.0.0.1:" + proxy.port(), attempts);
  }

  private static ApiRig rig(String proxy, int attempts) {
    TransportOptions options =
        ApiRig.options().withNetwork(null, false, ProxySettings.of(proxy, null));
    return ApiRig.to(API, Credential.token("test-token"), options, attempts);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
