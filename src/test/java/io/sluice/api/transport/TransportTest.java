package io.sluice.api.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.ApiException;
import io.sluice.api.ApiRig;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.Obstacle;
import io.sluice.api.SmallServer;
import io.sluice.flow.retry.CallFailure.Kind;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.TestCertificate;
import io.sluice.sandbox.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/** How a request travels over a real socket, and what its failures are taken for. */
final class TransportTest {
  private static final String NAME = "api.sluice.example";
  private static final String EMPTY_PAGE = "{\"success\":true,\"result\":[]}";

  @TempDir private static Path directory = Path.of("");
  private static Path caFile = Path.of("");
  private static @Nullable TestCertificate made;

  @BeforeAll
  static void makeCertificate() throws Exception {
    made = TestCertificate.in(directory, NAME);
    caFile = made.pem(directory);
  }

  @Test
  void aTestCertificateIsRefusedUnlessItsFileIsGiven() throws Exception {
    try (Sandbox sandbox = secured("h2", "http/1.1");
        ApiRig plain = ApiRig.once(sandbox);
        ApiRig trusting = ApiRig.once(sandbox.baseUrl(), sandbox.token(), trusting())) {
      ApiException refused = plain.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.CERTIFICATE);
      assertThat(refused)
          .hasMessageContaining("is not trusted: 'CN=" + NAME + "' was issued by 'CN=" + NAME);
      assertThat(sandbox.requestLog().total()).isZero();

      assertThat(trusting.firstPage().count()).isZero();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (Sandbox sandbox = secured("http/1.1");
        ApiRig rig =
            ApiRig.once(
                sandbox.baseUrl().replace("127.0.0.1", "localhost"), "tok-en", trusting())) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.CERTIFICATE);
      assertThat(refused)
          .hasMessageContaining("localhost")
          .hasMessageContaining("is not one for that host: 'CN=" + NAME);
      assertThat(sandbox.requestLog().total()).isZero();
    }
  }

  @Test
  void javasOwnAuthoritiesStayTrustedBesideTheFile() {
    var managers = TrustedAuthorities.with(caFile).getTrustManagers();
    assertThat(((javax.net.ssl.X509TrustManager) managers[0]).getAcceptedIssuers().length)
        .isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
  void aFileWithoutCertificatesIsRefused(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("broken.pem"), content);
    TransportOptions options = ApiRig.options().withNetwork(file, false, ProxySettings.NONE);
    assertThatThrownBy(
            () -> Transport.to(URI.create("https://127.0.0.1:1"), Credential.token("t"), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--ca-file " + file);
  }

  @Test
  void aMissingFileOfAuthoritiesIsNamed() {
    Path file = directory.resolve("missing.pem");
    TransportOptions options = ApiRig.options().withNetwork(file, false, ProxySettings.NONE);
    assertThatThrownBy(
            () -> Transport.to(URI.create("https://127.0.0.1:1"), Credential.token("t"), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing.pem");
  }

  @Test
  void http2IsUsedWhereItIsOffered() throws Exception {
    SslProvider.GenericSslContextSpec<?> context =
        Http2SslContextSpec.forServer(requireNonNull(made).keys());
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.H2)
            .secure(tls -> tls.sslContext(context))
            .handle(
                (request, response) ->
                    response.sendString(reactor.core.publisher.Mono.just(EMPTY_PAGE)))
            .bindNow();
    try (ApiRig rig =
        ApiRig.once("https://127.0.0.1:" + server.port() + "/v4", "tok-en", trusting())) {
      assertThat(rig.firstPage().count()).isZero();
    } finally {
      server.disposeNow();
    }
  }

  @Test
  void manyCallsAtOnceShareOneHttp2Connection() throws Exception {
    try (Sandbox sandbox = secured("h2", "http/1.1");
        ApiRig rig = ApiRig.once(sandbox.baseUrl(), sandbox.token(), trusting())) {
      sandbox.account().seed("block_senders", 3);
      reactor.core.publisher.Flux.range(0, 50)
          .flatMap(i -> rig.client.page(Listing.of(ApiRig.BLOCKS), 1, Hash64.keyed(1)), 16)
          .doOnNext(page -> assertThat(page.count()).isEqualTo(3))
          .blockLast(Duration.ofSeconds(10));
      assertThat(sandbox.requestLog().total()).isEqualTo(50);
    }
  }

  @Test
  void aProxyIsAskedToConnectWithUserAndPassword() throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString("us%er:p@ss".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (Sandbox sandbox = secured("http/1.1");
        SmallServer proxy = SmallServer.connectProxy(sandbox.port(), "Basic " + basic);
        ApiRig rig =
            ApiRig.once(
                "https://" + NAME + ":4433/client/v4",
                sandbox.token(),
                through("us%25er:p%40ss", proxy))) {
      sandbox.account().seed("block_senders", 2);

      assertThat(rig.firstPage().count()).isEqualTo(2);
      assertThat(proxy.heads())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("CONNECT " + NAME + ":4433");
      assertThat(proxy.heads().get(0)).doesNotContain(sandbox.token());
    }
  }

  @Test
  void aProxyThatRefusesKeepsItsPasswordSecret() throws Exception {
    try (Sandbox sandbox = secured("http/1.1");
        SmallServer proxy = SmallServer.connectProxy(sandbox.port(), "Basic other");
        ApiRig rig =
            ApiRig.once(
                "https://" + NAME + "/client/v4", "tok-en", through("user:s3cret", proxy))) {
      ApiException refused = rig.noFirstPage();

      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused)
          .hasMessageContaining("the proxy refused the user or password in HTTPS_PROXY (407)");
      for (Throwable t = refused; t != null; t = t.getCause()) {
        assertThat(t.toString()).doesNotContain("s3cret");
      }
      assertThat(sandbox.requestLog().total()).isZero();
    }
  }

  @Test
  void aProxyThatIsDownIsARefusedConnection() throws Exception {
    TransportOptions options =
        ApiRig.options()
            .withNetwork(caFile, false, ProxySettings.of("http://127.0.0.1:" + freePort(), null));
    try (ApiRig rig = ApiRig.once("https://" + NAME + "/client/v4", "tok-en", options)) {
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://api.example.com/v4", "http://10.0.0.1/v4", "http://[2001:db8::1]/"})
  void plainHttpLeavesThisMachineOnlyIfAllowed(String url) {
    assertThatThrownBy(() -> ApiRig.once(url, "tok-en", ApiRig.options()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--allow-http");
    ApiRig.once(url, "tok-en", ApiRig.options().withNetwork(null, true, ProxySettings.NONE))
        .close();
  }

  @Test
  void aRefusedConnectionIsSurelyNotProcessed() throws IOException {
    try (ApiRig rig = ApiRig.once("http://127.0.0.1:" + freePort(), "tok-en", ApiRig.options())) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContaining("no connection");
    }
  }

  @Test
  void anUnknownHostIsSurelyNotProcessed() {
    try (ApiRig rig = ApiRig.once("https://nobody.invalid/v4", "tok-en", ApiRig.options())) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isIn(Kind.BLOCKED, Kind.REFUSED);
      assertThat(refused).hasMessageContaining("nobody.invalid");
    }
  }

  @Test
  void aConnectionThatNobodyAcceptsIsSurelyNotProcessed() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        java.net.Socket first = new java.net.Socket(deaf.getInetAddress(), deaf.getLocalPort());
        java.net.Socket second = new java.net.Socket(deaf.getInetAddress(), deaf.getLocalPort());
        ApiRig rig =
            ApiRig.once(
                "http://127.0.0.1:" + deaf.getLocalPort(),
                "tok-en",
                hasty(Duration.ofMillis(300), Duration.ofSeconds(5)))) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @Test
  void aHandshakeThatBreaksOffIsSurelyNotProcessed() throws IOException {
    try (SmallServer closing = new SmallServer((client, self) -> self.drain(client, 1));
        SmallServer resetting = new SmallServer((client, self) -> client.getInputStream().read());
        ApiRig closed = ApiRig.once(secure(closing), "tok-en", ApiRig.options());
        ApiRig reset = ApiRig.once(secure(resetting), "tok-en", ApiRig.options())) {
      assertThat(closed.noFirstPage().kind()).isEqualTo(Kind.REFUSED);
      for (ApiRig rig : new ApiRig[] {closed, reset}) {
        ApiException lost = ApiRig.failure(rig.create("{'pattern':'a'}"));
        assertThat(lost.kind()).isEqualTo(Kind.REFUSED);
      }
    }
  }

  @Test
  void aHandshakeThatTakesTooLongIsSurelyNotProcessed() throws IOException {
    TransportOptions hasty = hasty(Duration.ofMillis(300), Duration.ofSeconds(5));
    try (SmallServer server =
            new SmallServer((client, self) -> self.drain(client, Integer.MAX_VALUE));
        ApiRig rig = ApiRig.once(secure(server), "tok-en", hasty)) {
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @Test
  void aCreateThatNeverGotAConnectionIsSurelyNotProcessed() throws IOException {
    TransportOptions hasty = hasty(Duration.ofSeconds(5), Duration.ofMillis(300));
    try (SmallServer server =
            new SmallServer((client, self) -> self.drain(client, Integer.MAX_VALUE));
        ApiRig rig = ApiRig.once(secure(server), "tok-en", hasty)) {
      ApiException late = ApiRig.failure(rig.create("{'pattern':'a'}"));
      assertThat(late.kind()).isEqualTo(Kind.REFUSED);
    }
  }

  @Test
  void aResetMayHaveBeenProcessed() {
    try (Sandbox sandbox = Sandbox.builder().start();
        ApiRig rig = ApiRig.once(sandbox)) {
      sandbox.faults().everywhere().then(Fault.reset());
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.UNANSWERED);
      sandbox.faults().clear();
      sandbox.faults().everywhere().then(Fault.truncated());
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.UNANSWERED);
      sandbox.faults().clear();
      sandbox.faults().everywhere().then(Fault.chunksCutOff());
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.UNANSWERED);
    }
  }

  @Test
  void silenceAndADrippingBodyEndAtTheTimeLimit() {
    TransportOptions hasty = ApiRig.options().withAnswerTimeout(Duration.ofMillis(300));
    try (Sandbox sandbox = Sandbox.builder().start();
        ApiRig rig = ApiRig.once(sandbox.baseUrl(), sandbox.token(), hasty)) {
      sandbox.faults().everywhere().times(1).then(Fault.silence());
      sandbox.faults().everywhere().skip(1).then(Fault.drip(Duration.ofMillis(50)));
      for (int i = 0; i < 2; i++) {
        ApiException late = rig.noFirstPage();
        assertThat(late.kind()).isEqualTo(Kind.UNANSWERED);
        assertThat(late).hasMessageContaining("no answer in time");
      }
    }
  }

  @Test
  void noRedirectIsFollowed() {
    try (Sandbox sandbox = Sandbox.builder().start();
        ApiRig rig = ApiRig.to(sandbox)) {
      sandbox.faults().everywhere().then(Fault.redirect(sandbox.baseUrl() + "/elsewhere"));
      ApiException redirected = rig.noFirstPage();
      assertThat(redirected.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(redirected).hasMessageContaining("redirects are not followed");
      assertThat(sandbox.requestLog().total()).isEqualTo(1);
    }
  }

  @Test
  void everyRequestSaysWhoIsCallingAndTakesGzip() throws IOException {
    try (SmallServer server = SmallServer.answering(answer("", SmallServer.bytes(EMPTY_PAGE)));
        ApiRig rig = ApiRig.once("http://127.0.0.1:" + server.port(), "tok-en", ApiRig.options())) {
      rig.firstPage();
      assertThat(server.heads().get(0))
          .contains("user-agent: sluice/test\r\n")
          .contains("authorization: Bearer tok-en\r\n")
          .contains("accept-encoding: gzip")
          .contains("order=created_at&direction=asc&per_page=1000&page=1");
    }
  }

  @Test
  void aCompressedAnswerIsRead() {
    try (Sandbox sandbox = Sandbox.builder().gzip(true).start();
        ApiRig rig = ApiRig.once(sandbox)) {
      sandbox.account().seed("block_senders", 500);
      assertThat(rig.firstPage().count()).isEqualTo(500);
    }
  }

  @Test
  void anAnswerThatUnpacksBeyondTheLimitIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 80; i++) {
        gzip.write(blanks);
      }
    }
    assertThat(bomb.size()).isLessThan(200_000);
    byte[] answer = answer("Content-Encoding: gzip\r\n", bomb.toByteArray());
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = ApiRig.to("http://127.0.0.1:" + server.port(), token(), ApiRig.options(), 6)) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.FINAL);
      assertThat(refused).hasMessageContaining("larger than 64 MiB");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void anAnswerThatAnnouncesTooMuchIsRefusedAtOnce() throws IOException {
    byte[] answer = SmallServer.bytes("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{");
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = ApiRig.to("http://127.0.0.1:" + server.port(), token(), ApiRig.options(), 6)) {
      assertThat(rig.noFirstPage()).hasMessageContaining("larger than 64 MiB");
    }
  }

  @Test
  void compressedGarbageIsAnUnreadableAnswer() throws IOException {
    byte[] answer = answer("Content-Encoding: gzip\r\n", SmallServer.bytes("no gzip at all"));
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = ApiRig.once("http://127.0.0.1:" + server.port(), "tok-en", ApiRig.options())) {
      assertThat(rig.noFirstPage().kind()).isEqualTo(Kind.UNANSWERED);
    }
  }

  private static byte[] answer(String headers, byte[] body) {
    byte[] head =
        SmallServer.bytes(
            "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n");
    byte[] answer = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, answer, head.length, body.length);
    return answer;
  }

  private static Credential token() {
    return Credential.token("tok-en");
  }

  private static Sandbox secured(String... protocols) throws Exception {
    return Sandbox.builder().tls(requireNonNull(made).server(protocols)).start();
  }

  private static TransportOptions trusting() {
    return ApiRig.options().withNetwork(caFile, false, ProxySettings.NONE);
  }

  private static TransportOptions through(String user, SmallServer proxy) {
    ProxySettings settings =
        ProxySettings.of("http://" + user + "@127.0.0.1:" + proxy.port(), null);
    return ApiRig.options().withNetwork(caFile, false, settings);
  }

  private static TransportOptions hasty(Duration connect, Duration answer) {
    return new TransportOptions(1, null, false, ProxySettings.NONE, connect, answer, 1000, "test");
  }

  private static String secure(SmallServer server) {
    return "https://127.0.0.1:" + server.port();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
