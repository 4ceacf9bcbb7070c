package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.config.Environment;
import io.sluice.config.NotifyTarget;
import io.sluice.config.NotifyTargets;
import io.sluice.job.JobPolicy;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.ApprovalRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Targets hear of what they asked for, in order, and none holds up anything. */
final class ServiceNoticesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = "a-shared-secret";

  private record Got(String path, String body, String signature) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }

  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;
  private final HttpServer receiver = receiver();

  @RegisterExtension
  private final ServiceRig rig =
      new ServiceRig()
          .demanding(
              new JobPolicy(
                  Duration.ZERO,
                  new ApprovalPolicy(ApprovalRule.DELETES, Duration.ofHours(1), 0),
                  this::targets));

  private HttpServer receiver() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("X-Sluice-Signature");
            int status = exchange.getRequestURI().getPath().equals("/dead") ? 500 : answer;
            got.add(
                new Got(
                    exchange.getRequestURI().getPath(), body, signature == null ? "" : signature));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private List<NotifyTarget> targets() {
    String here = "http://127.0.0.1:" + receiver.getAddress().getPort();
    try {
      Path file = Files.createTempFile("notify", ".yaml");
      Files.writeString(
          file,
          """
          notify:
            ops: {url: '%s/ops', secret: env:NOTICE_SECRET, on: [failed, finished, awaiting_approval]}
            chat: {url: '%s/chat', format: slack, on: [failed]}
            dead: {url: '%s/dead', on: [finished]}
            watch: {url: '%s/watch', on: [backup_overdue], backup-age: 26h}
          """
              .formatted(here, here, here, here));
      try {
        return NotifyTargets.in(file, new Environment(Map.of("NOTICE_SECRET", SECRET)));
      } finally {
        Files.delete(file);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private List<Got> at(String path) {
    return got.stream().filter(one -> one.path().equals(path)).toList();
  }

  private static void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).describedAs("a minute is over").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void whatBecameOfAJobIsSentSignedAndWithoutContents() throws Exception {
    String job = rig.imported(rig.upload("a.csv", ServiceRig.senders(3)), "{}");
    rig.awaitEnd(job);

    await(() -> !at("/ops").isEmpty());
    Got notice = at("/ops").get(0);
    assertThat(notice.json().path("event").asString("")).isEqualTo("finished");
    assertThat(notice.json().at("/job/id").asString("")).isEqualTo(job);
    assertThat(notice.json().path("text").asString("")).contains("3 created");
    assertThat(notice.body()).doesNotContain("host0");
    String[] parts = notice.signature().split("[=,]", -1);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String expected =
        java.util.HexFormat.of()
            .formatHex(
                mac.doFinal((parts[1] + "." + notice.body()).getBytes(StandardCharsets.UTF_8)));
    assertThat(parts[3]).isEqualTo(expected);
    assertThat(at("/chat")).isEmpty();
    await(
        () ->
            rig.viewer()
                    .get("/v1/notices?job=" + job + "&target=dead")
                    .json()
                    .at("/items/0/attempts")
                    .asInt(0)
                > 0);
    JsonNode dead =
        rig.viewer().get("/v1/notices?job=" + job + "&target=dead").json().at("/items/0");
    assertThat(dead.path("state").asString("")).isEqualTo("waiting");
    assertThat(rig.viewer().get("/metrics").text())
        .contains("sluice_notices{state=\"waiting\",target=\"dead\"} 1");
  }

  @Test
  void aTargetThatWasAwayGetsAllInTheirOrder() {
    answer = 503;
    String first = rig.imported(rig.upload("a.csv", ServiceRig.senders(1)), "{}");
    rig.awaitEnd(first);
    String second = rig.imported(rig.upload("b.csv", ServiceRig.senders(2)), "{}");
    rig.awaitEnd(second);
    await(() -> !at("/ops").isEmpty());
    assertThat(at("/ops")).allMatch(one -> one.json().at("/job/id").asString("").equals(first));
    answer = 204;
    rig.clock.advance(Duration.ofHours(1));

    await(() -> at("/ops").stream().anyMatch(one -> one.body().contains(second)));
    List<String> jobs =
        at("/ops").stream().map(one -> one.json().at("/job/id").asString("")).distinct().toList();
    assertThat(jobs).containsExactly(first, second);
  }

  @Test
  void whatWaitsIsSentAfterARestart() throws IOException {
    answer = 503;
    String job = rig.imported(rig.upload("a.csv", ServiceRig.senders(1)), "{}");
    rig.awaitEnd(job);
    await(() -> !at("/ops").isEmpty());
    got.clear();
    answer = 200;
    rig.clock.advance(Duration.ofHours(1));

    rig.restart(Duration.ofSeconds(30));

    await(() -> !at("/ops").isEmpty());
    assertThat(at("/ops").get(0).body()).contains(job);
  }

  @Test
  void aTestIsSentAndADeadTargetIsGivenUpAfterADay() {
    assertThat(rig.viewer().post("/v1/notices/targets/chat/test", "{}").status()).isEqualTo(403);
    assertThat(test("nowhere").status()).isEqualTo(404);
    assertThat(test("chat").status()).isEqualTo(202);
    await(() -> !at("/chat").isEmpty());
    assertThat(at("/chat").get(0).json().propertyNames()).containsExactly("text", "mrkdwn");

    test("dead");
    await(() -> !at("/dead").isEmpty());
    rig.clock.advance(Duration.ofDays(2));
    await(
        () ->
            rig.viewer()
                .get("/v1/notices?target=dead")
                .json()
                .at("/items/0/state")
                .asString("")
                .equals("failed"));
    assertThat(rig.viewer().get("/v1/notices?target=dead").json().at("/items/0/last_error"))
        .hasToString("\"it was answered 500\"");
  }

  @Test
  void aTestThatIsAskedForTwiceUnderOneKeyIsSentOnce() {
    Visitor keyed = rig.operator().with("Idempotency-Key", "deploy 7");
    Visitor.Reply first = keyed.post("/v1/notices/targets/chat/test", "text/plain", "");
    Visitor.Reply again = keyed.post("/v1/notices/targets/chat/test", "text/plain", "");
    assertThat(first.status()).isEqualTo(202);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(rig.viewer().get("/v1/notices?target=chat").json().path("items")).hasSize(1);
  }

  private Visitor.Reply test(String target) {
    return rig.operator().post("/v1/notices/targets/" + target + "/test", "text/plain", "");
  }

  @Test
  void whatWaitsForApprovalAndABackupThatIsMissingAreTold() {
    rig.awaitEnd(rig.imported(rig.upload("a.csv", ServiceRig.senders(3)), "{}"));
    String job =
        rig.imported(
            rig.upload("b.csv", ServiceRig.senders(1)),
            "{\"mode\":\"mirror\",\"max_deletes\":\"100%\"}");

    await(() -> at("/ops").stream().anyMatch(one -> one.body().contains("awaiting_approval")));
    assertThat(at("/ops").get(at("/ops").size() - 1).body())
        .contains(job, "awaits approval: 2 to delete");
    await(() -> at("/watch").size() >= 2);
    assertThat(at("/watch").get(0).json().path("event").asString("")).isEqualTo("backup_overdue");
    List<String> profiles = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = rig.viewer().get("/v1/notices?target=watch&limit=1" + next).json();
      page.path("items").forEach(one -> profiles.add(one.path("profile").asString("")));
      next = page.path("next").isNull() ? "" : "&before=" + page.path("next").asString("");
    } while (!next.isEmpty());
    assertThat(profiles).contains("one", "two").doesNotHaveDuplicates();
  }
}
