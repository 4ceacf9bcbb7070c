package io.sluice.pipeline.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.api.SmallServer;
import io.sluice.api.transport.FeedAddress;
import io.sluice.api.transport.FeedAnswer;
import io.sluice.api.transport.FeedClient;
import io.sluice.api.transport.FeedException;
import io.sluice.api.transport.FeedMark;
import io.sluice.api.transport.HostResolver;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.sandbox.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed of unknown length is whole only if its server says that nothing more comes. */
final class CutOffFeedTest {
  private static final String LIST = "evil.example\nbad.example\n";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n" + LIST;

  @TempDir private Path directory = Path.of("");
  private @Nullable TestCertificate certificate;
  private Path file = Path.of("");

  @BeforeEach
  void prepare() throws Exception {
    certificate = TestCertificate.in(directory, "feed.example");
    file = Files.createFile(directory.resolve("feed"));
  }

  @Test
  void aFeedThatIsEndedProperlyIsWhole() throws Exception {
    try (SmallServer server = new SmallServer((client, self) -> answer(client).close())) {
      assertThat(fetch(server)).isInstanceOf(FeedAnswer.Fetched.class);
      assertThat(file).hasContent(LIST);
    }
  }

  @Test
  void aFeedThatIsCutOffIsNone() throws Exception {
    try (SmallServer server = new SmallServer((client, self) -> answer(client))) {
      assertThatThrownBy(() -> fetch(server))
          .isInstanceOfSatisfying(
              FeedException.class,
              error -> assertThat(error.kind()).isEqualTo(FeedException.Kind.AWAY))
          .hasMessageContaining("could not be fetched: it was cut off");
    }
  }

  /** Leaves the connection as it is after the last byte. */
  private SSLSocket answer(Socket client) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    TestCertificate made = java.util.Objects.requireNonNull(certificate);
    context.init(made.keys().getKeyManagers(), null, null);
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(client, "127.0.0.1", client.getPort(), false);
    tls.setUseClientMode(false);
    readHead(tls);
    tls.getOutputStream().write(SmallServer.bytes(ANSWER));
    return tls;
  }

  private static void readHead(SSLSocket tls) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) tls.getInputStream().read());
    }
  }

  private @Nullable FeedAnswer fetch(SmallServer server) throws Exception {
    Path authority = java.util.Objects.requireNonNull(certificate).pem(directory);
    TransportOptions options =
        TransportOptions.defaults("test").withNetwork(authority, false, ProxySettings.NONE);
    FeedAddress address = FeedAddress.of("https://127.0.0.1:" + server.port() + "/list.txt", false);
    return new FeedClient(options, HostResolver.SYSTEM, Duration.ofMillis(1))
        .fetch(new FeedClient.Request(address, null, FeedMark.NONE), file)
        .block(Duration.ofSeconds(20));
  }
}
