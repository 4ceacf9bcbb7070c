package io.sluice.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar names what stands in its way, tries it once, and passes on what it is told. */
final class AnswersIT {
  private static final String API = "https://0.0.0.0:1/client/v4";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aProxysRefusalOfThePasswordEndsTheRunAfterOneTry() throws Exception {
    try (RefusingProxy proxy = new RefusingProxy("407 Who?")) {
      Ended ended =
          sluice()
              .with("https_proxy", "http://bob:wr0ng-password@127.0.0.1:" + proxy.port())
              .run("export", "-r", "block-senders", "--out", "-", "--base-url", API);

      assertThat(ended.exit()).isEqualTo(5);
      assertThat(ended.err())
          .contains("the proxy refused the user or password in https_proxy (407)")
          .doesNotContain("wr0ng-password", "PAUSED");
      assertThat(proxy.asked).hasValue(1);
    }
  }

  @Test
  void aLogInThatSluiceDoesNotSpeakIsNoWrongPassword() throws Exception {
    try (RefusingProxy proxy = new RefusingProxy("407 Who?\r\nProxy-Authenticate: NTLM")) {
      Ended ended =
          sluice()
              .with("HTTPS_PROXY", "http://bob:right-password@127.0.0.1:" + proxy.port())
              .run("export", "-r", "block-senders", "--out", "-", "--base-url", API);

      assertThat(ended.exit()).isEqualTo(5);
      assertThat(ended.err())
          .contains("it asks for NTLM and does not offer Basic", "such as cntlm or px")
          .doesNotContain("put the proxy's user and password");
      assertThat(proxy.asked).hasValue(1);
    }
  }

  @Test
  void aProxyThatDoesNotExistIsAnErrorOfUse() throws Exception {
    String name = "q".repeat(64) + ".invalid";
    Ended ended =
        sluice()
            .with("HTTPS_PROXY", "http://" + name + ":3128")
            .run("export", "--to", "b", "--base-url", API);

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err())
        .contains(name + " of the proxy in HTTPS_PROXY is unknown", "spelled right?")
        .doesNotContain("PAUSED");
  }

  @Test
  void aHostThatDoesNotExistIsAnErrorOfUse() throws Exception {
    String name = "a".repeat(64) + ".invalid";
    Ended ended =
        sluice().run("export", "--to", "b", "--json", "--base-url", "https://" + name + "/v4");

    assertThat(ended.exit()).isEqualTo(2);
    JsonNode error = JsonMapper.shared().readTree(ended.out()).path("error");
    assertThat(error.path("code").asString()).isEqualTo("unknown_host");
    assertThat(error.path("hint").asString()).contains("HTTPS_PROXY");
  }

  @Test
  void anEmptyListThatIsNullIsNoOutage() throws Exception {
    sandbox.faults().everywhere().then(Fault.emptyListIsNull());
    Ended ended = sluice().run("export", "-r", "block-senders", "--out", "-");

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).doesNotContain("PAUSED");
  }

  @Test
  void whatTheApiSaysBesidesIsAWarningAndInTheSummary() throws Exception {
    String body =
        "{\"success\":true,\"messages\":[{\"code\":7,\"message\":\"soon\\u001bgone\"}],"
            + "\"result\":[],\"result_info\":{\"total_count\":0}}";
    sandbox.faults().everywhere().then(Fault.reply(200, Fault.JSON, body));
    Ended ended = sluice().run("export", "--to", "b", "--json");

    assertThat(ended.exit()).isZero();
    assertThat(ended.err()).containsOnlyOnce("the API says: 7 soon\\u001bgone");
    JsonNode messages = JsonMapper.shared().readTree(ended.out()).path("api_messages");
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).asString()).isEqualTo("7 soon\u001bgone");
  }

  private SluiceProcess sluice() {
    return new SluiceProcess(directory).quick().against(sandbox);
  }

  /** Answers every request with the same refusal. */
  private static final class RefusingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger asked = new AtomicInteger();

    RefusingProxy(String status) throws IOException {
      byte[] answer = ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(US_ASCII);
      Thread thread = new Thread(() -> refuse(answer), "refusing-proxy");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return listener.getLocalPort();
    }

    private void refuse(byte[] answer) {
      try {
        while (true) {
          try (Socket client = listener.accept()) {
            asked.incrementAndGet();
            var unused = client.getInputStream().read(new byte[4096]);
            client.getOutputStream().write(answer);
          }
        }
      } catch (IOException closed) {
        // The end of the test.
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
