package io.sluice.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.ApiRig;
import io.sluice.api.Credential;
import io.sluice.api.Obstacle;
import io.sluice.api.SmallServer;
import io.sluice.flow.retry.CallFailure.Kind;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no waiting changes on the way to the API is tried once and named. */
final class RouteTest {
  private static final Route ROUTE =
      Route.of(URI.create("https://api.example/client/v4"), ProxySettings.NONE);

  @TempDir private Path directory = Path.of("");

  @Test
  void anUntrustedCertificateIsMetOnce() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, "api.sluice.example");
    try (Sandbox sandbox = Sandbox.builder().tls(certificate.server("http/1.1")).start();
        SmallServer counting = forwarding(sandbox.port());
        ApiRig rig = rig("https://127.0.0.1:" + counting.port() + "/client/v4")) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.CERTIFICATE);
      assertThat(ApiRig.blocked(rig.create("{'pattern':'a'}"))).contains("is not trusted");
      assertThat(counting.heads()).hasSize(1);
    }
  }

  @Test
  void anExpiredCertificateIsNamedWithItsDate() throws Exception {
    TestCertificate expired = TestCertificate.expired(directory, "api.sluice.example");
    try (Sandbox sandbox = Sandbox.builder().tls(expired.server("http/1.1")).start();
        ApiRig rig = rig(sandbox.baseUrl())) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused)
          .hasMessageContaining("is out of date: 'CN=api.sluice.example', issued by")
          .hasMessageContaining(", expired on 20");
    }
  }

  /** The alert of TLS that many servers send, after the bytes that name a record of alerts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "40|it may want a certificate of the caller, or share no cipher with Java",
        "70|it speaks no version of TLS that Java allows",
        "116|it wants a certificate of the caller, and Sluice has none to show"
      })
  void anAlertIsPutIntoWords(int alert, String words) throws IOException {
    byte[] record = {21, 3, 3, 0, 2, 2, (byte) alert};
    try (SmallServer server =
            new SmallServer(
                (client, self) -> {
                  self.drain(client, 1);
                  client.getOutputStream().write(record);
                });
        ApiRig rig = rig("https://127.0.0.1:" + server.port())) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused).hasMessageContaining(words);
    }
  }

  @Test
  void aResetInTheHandshakeIsNamedAsThat() throws IOException {
    try (SmallServer server =
            new SmallServer(
                (client, self) -> {
                  self.drain(client, 1);
                  client.setSoLinger(true, 0);
                });
        ApiRig rig = ApiRig.once("https://127.0.0.1:" + server.port(), "t", ApiRig.options())) {
      ApiException reset = rig.noFirstPage();
      assertThat(reset.kind()).isEqualTo(Kind.REFUSED);
      assertThat(reset.obstacle()).isEqualTo(Obstacle.TLS);
      assertThat(reset).hasMessageContaining("was reset before anything was sent");
    }
  }

  @Test
  void aServerWithoutTlsIsMetOnce() throws IOException {
    byte[] plain = SmallServer.bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    try (SmallServer server =
            new SmallServer(
                (client, self) -> {
                  self.heads().add("connection");
                  client.getOutputStream().write(plain);
                  self.drain(client, 1);
                });
        ApiRig rig = rig("https://127.0.0.1:" + server.port() + "/client/v4")) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.TLS);
      assertThat(refused)
          .hasMessageContaining("does not speak TLS")
          .hasMessageNotContaining("4854");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void aPlainPortThatHangsUpIsNamedAsOne() throws IOException {
    try (SmallServer plain = new SmallServer((client, self) -> self.drain(client, 1))) {
      String url = "https://127.0.0.1:" + plain.port() + "/client/v4";
      try (ApiRig rig = ApiRig.once(url, "a-token-to-try", ApiRig.options())) {
        ApiException refused = rig.noFirstPage();
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused.obstacle()).isEqualTo(Obstacle.TLS);
        assertThat(refused)
            .hasMessageContaining("it hung up in the handshake, as a port does that does not")
            .hasMessageNotContaining("ClosedChannelException");
      }
    }
  }

  @Test
  void anHttpServerIsNamedAsWhatSpeaksNoTls() {
    try (Sandbox plain = Sandbox.builder().start()) {
      String url = "https://127.0.0.1:" + plain.port() + "/client/v4";
      try (ApiRig rig = ApiRig.once(url, "a-token-to-try", ApiRig.options())) {
        ApiException refused = rig.noFirstPage();
        assertThat(refused.obstacle()).isEqualTo(Obstacle.TLS);
        assertThat(refused).hasMessageContaining("does not speak TLS");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "api.example: Name or service not known|false|BLOCKED|is unknown",
        "api.example: nodename nor servname provided, or not known|false|BLOCKED|is unknown",
        "No such host is known (api.example)|false|BLOCKED|is unknown",
        "api.example: No address associated with hostname|false|BLOCKED|is unknown",
        "api.example: Name or service not known|true|REFUSED|is unknown",
        "api.example: Temporary failure in name resolution|false|REFUSED|temporary failure",
        "api.example: System error|false|REFUSED|system error",
        "api.example|false|REFUSED|is unknown"
      })
  void onlyANameThatDoesNotExistIsNoOutage(String said, boolean answered, Kind kind, String text) {
    RouteFailure failure = RouteFailure.of(new UnknownHostException(said), ROUTE, answered);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.text()).contains("api.example", text);
  }

  @Test
  void aNameThatDoesNotExistIsLookedUpOnce() {
    // A label of more than 63 characters is refused by every resolver, with a network or without.
    String name = "a".repeat(64) + ".invalid";
    try (ApiRig rig = rig("https://" + name + "/client/v4")) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.UNKNOWN_HOST);
      assertThat(refused).hasMessageContaining("the host name " + name + " is unknown");
      assertThat(rig.client.requests()).isEqualTo(1);
    }
  }

  private static SmallServer forwarding(int port) throws IOException {
    return new SmallServer(
        (client, self) -> {
          self.heads().add("connection");
          SmallServer.join(client, port);
        });
  }

  private static ApiRig rig(String baseUrl) {
    return ApiRig.to(baseUrl, token(), ApiRig.options(), 6);
  }

  private static Credential token() {
    return Credential.token("test-token");
  }
}
