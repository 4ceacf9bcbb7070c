package io.sluice.pipeline.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.ConnectProxy;
import io.sluice.api.Obstacle;
import io.sluice.api.SmallServer;
import io.sluice.api.transport.FeedAddress;
import io.sluice.api.transport.FeedAnswer;
import io.sluice.api.transport.FeedClient;
import io.sluice.api.transport.FeedException;
import io.sluice.api.transport.FeedMark;
import io.sluice.api.transport.HostResolver;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed is fetched whole or not at all, and from nowhere that its address does not lead to. */
final class FeedClientTest {
  private static final String LIST = "evil.example\nbad.example\n";

  @TempDir private Path directory = Path.of("");
  private final FeedServer server;
  private final List<String> lookedUp = new ArrayList<>();
  private HostResolver resolver = HostResolver.SYSTEM;
  private Path file = Path.of("");

  FeedClientTest() throws IOException {
    server = new FeedServer();
  }

  @BeforeEach
  void file() throws IOException {
    file = Files.createFile(directory.resolve("feed"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anUnchangedFeedIsNotSentAgain() throws IOException {
    server.list("/list.txt", LIST);
    FeedAnswer first = fetch(server.url("/list.txt"), FeedMark.NONE);
    assertThat(first).isInstanceOf(FeedAnswer.Fetched.class);
    assertThat(file).hasContent(LIST);

    FeedMark mark = ((FeedAnswer.Fetched) first).mark();
    assertThat(fetch(server.url("/list.txt"), mark)).isInstanceOf(FeedAnswer.Unchanged.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void threeRedirectsAreFollowedAndNoMore() throws IOException {
    server.list("/list.txt", LIST);
    server.redirects("/1", "/list.txt").redirects("/2", "/1").redirects("/3", "/2");
    server.redirects("/4", "/3");

    fetch(server.url("/3"), FeedMark.NONE);
    assertThat(file).hasContent(LIST);
    assertRefused(server.url("/4"), "redirected more than 3 times");
  }

  @Test
  void noRedirectLeadsToAnotherScheme() {
    server.redirects("/list.txt", "https://127.0.0.1:" + server.port() + "/list.txt");
    assertRefused(server.url("/list.txt"), "another scheme");
    server.redirects("/list.txt", "file:///etc/passwd");
    assertRefused(server.url("/list.txt"), "cannot be used");
    assertThat(file).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "127.0.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "2002:a00:1::",
        "::ffff:10.0.0.1"
      })
  void noRedirectLeadsToAPrivateAddress(String address) throws IOException {
    resolver = host -> named(host, address("93.184.216.34"), address);
    server.redirects("/list.txt", "http://inside.example:" + server.port() + "/secret");

    assertRefused(server.url("/list.txt"), "is private");
    assertThat(server.requests()).containsExactly("/list.txt");
  }

  @Test
  void aHostThatARedirectNamesAndNobodyKnowsIsToldByItsOwnName() {
    resolver =
        host -> {
          if (host.equals("gone.example")) {
            throw new UnknownHostException(host);
          }
          return List.of(address(host));
        };
    server.redirects("/list.txt", "http://gone.example/list.txt");

    assertThatThrownBy(() -> fetch(server.url("/list.txt"), FeedMark.NONE))
        .hasMessageContaining("host gone.example cannot be found");
  }

  /** One public address beside a private one is no excuse. */
  private List<InetAddress> named(String host, InetAddress visible, String hidden)
      throws UnknownHostException {
    return host.equals("inside.example")
        ? List.of(visible, address(hidden))
        : List.of(address(host));
  }

  @Test
  void aNameIsLookedUpOnceSoThatItCannotLeadElsewhereMeanwhile() throws IOException {
    InetAddress own = address("127.0.0.1");
    resolver =
        host -> {
          lookedUp.add(host);
          return List.of(lookedUp.size() == 1 ? own : address("10.0.0.1"));
        };
    String feed = "http://feed.example:" + server.port();
    server.list("/list.txt", LIST).redirects("/moved", feed + "/list.txt");

    fetch(feed + "/moved", FeedMark.NONE);

    assertThat(file).hasContent(LIST);
    assertThat(lookedUp).containsExactly("feed.example");
  }

  @ParameterizedTest
  @CsvSource({
    "503,AWAY,3",
    "429,AWAY,3",
    "404,REFUSED,1",
    "401,NOT_PERMITTED,1",
    "403,NOT_PERMITTED,1",
    "511,NOT_PERMITTED,1",
    "204,REFUSED,1"
  })
  void otherAnswersAreNoFeed(int status, FeedException.Kind kind, int requests) {
    server.says("/list.txt", status, "text/plain", "");

    Throwable error = catchThrowable(() -> fetch(server.url("/list.txt"), FeedMark.NONE));

    assertThat(error)
        .isInstanceOfSatisfying(
            FeedException.class, feed -> assertThat(feed.kind()).isEqualTo(kind));
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void aProxyWhoseFirstAddressIsDeadIsReachedByItsSecond() throws IOException {
    try (ConnectProxy proxy = ConnectProxy.wanting("bob:right")) {
      resolver = host -> List.of(address("127.0.0.2"), address("127.0.0.1"));
      String url = "http://bob:right@proxy.example:" + proxy.port();
      TransportOptions options =
          TransportOptions.defaults("test").withNetwork(null, false, ProxySettings.of(url, null));
      assertThatThrownBy(() -> fetch(options, "https://feed.example/list.txt", FeedMark.NONE))
          .hasMessageContaining("the proxy refuses to connect to feed.example (403)");
      assertThat(proxy.tries()).isEqualTo(1);
    }
  }

  @Test
  void aProxyThatRefusesThePasswordIsAskedOnce() throws IOException {
    try (ConnectProxy proxy = ConnectProxy.wanting("bob:right")) {
      String url = "http://bob:wr0ng@127.0.0.1:" + proxy.port();
      TransportOptions options =
          TransportOptions.defaults("test").withNetwork(null, false, ProxySettings.of(url, null));
      Throwable error =
          catchThrowable(() -> fetch(options, "https://feed.example/list.txt", FeedMark.NONE));

      assertThat(error)
          .isInstanceOfSatisfying(
              FeedException.class,
              feed -> {
                assertThat(feed.kind()).isEqualTo(FeedException.Kind.NOT_PERMITTED);
                assertThat(feed.obstacle()).isEqualTo(Obstacle.PROXY_LOGIN);
              })
          .hasMessageContaining("refused the user or password in HTTPS_PROXY (407)")
          .hasMessageNotContaining("wr0ng");
      assertThat(proxy.tries()).isEqualTo(1);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsNoReasonToTryAgain() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, "feed.example");
    try (Sandbox other = Sandbox.builder().tls(certificate.server("http/1.1")).start()) {
      Throwable error = catchThrowable(() -> fetch(other.baseUrl() + "/list.txt", FeedMark.NONE));

      assertThat(error)
          .isInstanceOfSatisfying(
              FeedException.class,
              feed -> {
                assertThat(feed.kind()).isEqualTo(FeedException.Kind.NOT_PERMITTED);
                assertThat(feed.obstacle()).isEqualTo(Obstacle.CERTIFICATE);
              })
          .hasMessageContaining("the certificate of 127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Name or service not known,NOT_PERMITTED,1",
    "Temporary failure in name resolution,AWAY,3"
  })
  void aNameThatNoHostHasIsLookedUpOnce(String said, FeedException.Kind kind, int lookups) {
    resolver =
        host -> {
          lookedUp.add(host);
          throw new UnknownHostException(host + ": " + said);
        };
    Throwable error = catchThrowable(() -> fetch("https://feed.example/list.txt", FeedMark.NONE));

    assertThat(error)
        .isInstanceOfSatisfying(
            FeedException.class, feed -> assertThat(feed.kind()).isEqualTo(kind));
    assertThat(lookedUp).hasSize(lookups);
  }

  @Test
  void aServerThatHangsUpIsReportedInWords() throws IOException {
    try (SmallServer mute = new SmallServer((client, self) -> self.heads().add("connection"))) {
      String url = "https://127.0.0.1:" + mute.port() + "/list.txt";

      assertThatThrownBy(() -> fetch(url, FeedMark.NONE))
          .isInstanceOf(FeedException.class)
          .hasMessageContaining("could not be fetched: TLS failed")
          .hasMessageNotContaining("null");
    }
  }

  @Test
  void aWebPageIsNoFeed() {
    server.says("/list.txt", 200, "text/html; charset=utf-8", "<p>moved");
    assertRefused(server.url("/list.txt"), "web page");
  }

  @Test
  void aCompressedFeedIsWholeOrNone() throws IOException {
    byte[] whole = gzip(LIST.repeat(100));
    server.encoded("/list.txt", "gzip", whole);
    fetch(server.url("/list.txt"), FeedMark.NONE);
    assertThat(file).hasContent(LIST.repeat(100));

    for (int length = 1; length < whole.length; length++) {
      server.encoded("/cut" + length, "gzip", Arrays.copyOf(whole, length));
      assertRefused(server.url("/cut" + length), "damaged or cut off");
    }
    server.encoded("/br", "br", whole);
    assertRefused(server.url("/br"), "is sent encoded as br");
  }

  @Test
  void aRedirectToNowhereIsReportedAsThat() {
    server.says("/list.txt", 302, "text/plain", "");
    assertRefused(server.url("/list.txt"), "redirects without saying where to");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void aFeedHasALimit() {
    server.list("/list.txt", "x".repeat(70_000));
    TransportOptions small =
        new TransportOptions(
            1,
            null,
            true,
            io.sluice.api.transport.ProxySettings.NONE,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            65_536,
            "test");
    FeedClient client = new FeedClient(small, resolver, Duration.ofMillis(1));
    assertThatThrownBy(
            () -> client.fetch(request(server.url("/list.txt"), null, FeedMark.NONE), file).block())
        .hasMessageContaining("larger than");
  }

  @Test
  void theHeaderGoesToTheFeedsOwnServer() throws IOException {
    server.list("/list.txt", LIST);
    client(TransportOptions.defaults("test"))
        .fetch(request(server.url("/list.txt"), "Authorization: Bearer x", FeedMark.NONE), file)
        .block();
    assertThat(server.headers()).containsExactly("Bearer x");
  }

  @ParameterizedTest
  @CsvSource({
    "http://feeds.example/list.txt,plain http:",
    "ftp://feeds.example/list.txt,not over ftp:",
    "https://user:secret@feeds.example/list.txt,user name",
    "https:///list.txt,names no host"
  })
  void addressesThatCannotBeUsedAreRefused(String address, String reason) {
    assertThatThrownBy(() -> FeedAddress.of(address, false))
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret");
  }

  @Test
  void theQueryIsNotShown() {
    assertThat(FeedAddress.of("https://feeds.example/list.txt?key=secret", false))
        .hasToString("https://feeds.example/list.txt");
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getAllByName(text)[0];
  }

  private void assertRefused(String address, String reason) {
    assertThatThrownBy(() -> fetch(address, FeedMark.NONE))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining(reason);
  }

  private FeedAnswer fetch(String address, FeedMark known) throws IOException {
    return fetch(TransportOptions.defaults("test"), address, known);
  }

  private FeedAnswer fetch(TransportOptions options, String address, FeedMark known)
      throws IOException {
    return Objects.requireNonNull(
        client(options).fetch(request(address, null, known), file).block(Duration.ofSeconds(30)));
  }

  private FeedClient client(TransportOptions options) {
    return new FeedClient(options, resolver, Duration.ofMillis(1));
  }

  private static FeedClient.Request request(
      String address, @Nullable String header, FeedMark known) {
    return new FeedClient.Request(FeedAddress.of(address, true), header, known);
  }
}
