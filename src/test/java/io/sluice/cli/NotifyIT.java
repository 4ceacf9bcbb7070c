package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.disk.PrivateFiles;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a command ended is sent to a target before the process ends. */
final class NotifyIT {
  private static final String SECRET = "a-shared-secret";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private final HttpServer receiver;

  NotifyIT() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/ops",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          signatures.add(exchange.getRequestHeaders().getFirst("X-Sluice-Signature"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.createContext(
        "/broken",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    receiver.start();
  }

  @BeforeEach
  void configure() throws IOException {
    sandbox.account().seed("block_senders", 3);
    String here = "http://127.0.0.1:" + receiver.getAddress().getPort();
    Path config = directory.resolve("sluice.yaml");
    Files.writeString(
        config,
        """
        profiles:
          one: {account: %s, token: env:CLOUDFLARE_API_TOKEN, base-url: '%s'}
        notify:
          ops: {url: '%s/ops', secret: env:NOTICE_SECRET, on: [failed, finished]}
          broken: {url: '%s/broken', on: [failed]}
          away: {url: 'https://hooks.sluice.example/s3cret', on: [failed]}
          gone: {url: 'http://127.0.0.1:%s/', on: [failed]}
        """
            .formatted(sandbox.account().id(), sandbox.baseUrl(), here, here, unusedPort()));
    PrivateFiles.restrict(config);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    sandbox.close();
  }

  private Ended backup(String... more) throws Exception {
    String[] all = {"export", "--profile", "one", "--config", "sluice.yaml", "--to", "backups"};
    String[] words = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, words, all.length, more.length);
    return new SluiceProcess(directory)
        .against(sandbox)
        .with("NOTICE_SECRET", SECRET)
        .withoutInput()
        .quick()
        .run(words);
  }

  @Test
  void theTargetHearsHowItEndedSigned() throws Exception {
    Ended ended = backup("--notify", "ops");
    assertThat(ended.exit()).describedAs(ended.err()).isZero();
    Ended failed =
        backup(
            "-r",
            "block-senders",
            "--where",
            "pattern=x",
            "--rate",
            "1/1s",
            "--max-outage",
            "0s",
            "--base-url",
            "http://127.0.0.1:" + unusedPort(),
            "--notify",
            "ops");
    assertThat(failed.exit()).isNotZero();

    assertThat(bodies).hasSize(2);
    JsonNode first = JsonMapper.shared().readTree(bodies.get(0));
    assertThat(first.path("event").asString()).isEqualTo("finished");
    assertThat(first.path("command").asString()).isEqualTo("export");
    assertThat(first.path("exit").asInt(-1)).isZero();
    JsonNode second = JsonMapper.shared().readTree(bodies.get(1));
    assertThat(second.path("event").asString()).isEqualTo("failed");
    assertThat(second.path("exit").asInt()).isEqualTo(failed.exit());
    for (int i = 0; i < 2; i++) {
      assertThat(signatures.get(i)).isEqualTo(signature(signatures.get(i), bodies.get(i)));
    }
    assertThat(ended.err() + ended.out() + failed.err() + failed.out()).doesNotContain(SECRET);
  }

  /** The file names the target; the environment may name the account. */
  @Test
  void theConfigurationFileIsReadForTheTargetAloneToo() throws Exception {
    Ended ended =
        new SluiceProcess(directory)
            .against(sandbox)
            .with("NOTICE_SECRET", SECRET)
            .withoutInput()
            .quick()
            .run("export", "--to", "backups", "--config", "sluice.yaml", "--notify", "ops");

    assertThat(ended.exit()).describedAs(ended.err()).isZero();
    assertThat(bodies).singleElement().asString().contains("\"exit\":0");
  }

  @Test
  void aTargetThatCannotBeReachedChangesNothingElse() throws Exception {
    for (String target : List.of("broken", "gone")) {
      Ended ended = backup("--notify", target);
      assertThat(ended.exit()).describedAs(ended.err()).isZero();
      assertThat(ended.err()).contains("the notice for " + target + " could not be sent");
    }
  }

  @Test
  void theProxyThatDoesNotLeadToTheTargetIsNamed() throws Exception {
    Ended ended =
        new SluiceProcess(directory)
            .with("HTTPS_PROXY", "http://bob:pa55word@127.0.0.1:" + unusedPort())
            .withoutInput()
            .quick()
            .run("resources", "--config", "sluice.yaml", "--notify", "away");
    assertThat(ended.exit()).describedAs(ended.err()).isZero();
    assertThat(ended.err())
        .contains("could not be sent: no connection to the proxy 127.0.0.1:")
        .doesNotContain("pa55word", "s3cret");
  }

  @Test
  void anUnknownTargetIsRefusedBeforeAnythingIsDone() throws Exception {
    Ended ended = backup("--notify", "opps");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("has no target 'opps'").contains("ops, broken, away, gone");
    assertThat(directory.resolve("backups")).doesNotExist();
  }

  private static String signature(String given, String body) throws Exception {
    String time = given.substring("t=".length(), given.indexOf(','));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] digest = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
    return "t=" + time + ",v1=" + HexFormat.of().formatHex(digest);
  }
}
