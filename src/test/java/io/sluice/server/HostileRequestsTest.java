package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Requests that no friend would send. */
final class HostileRequestsTest {
  private static final List<String> CLIMBS =
      List.of(
          "..",
          "../..",
          "../../profiles.yaml",
          "%2e%2e",
          "%2e%2e%2f%2e%2e%2fprofiles.yaml",
          "..%2fprofiles.yaml",
          "..%5cprofiles.yaml",
          "..\\profiles.yaml",
          ".%2e/profiles.yaml",
          "%252e%252e%252fprofiles.yaml",
          "..%c0%afprofiles.yaml",
          "%c0%ae%c0%ae/profiles.yaml",
          "..%00/profiles.yaml",
          "....//profiles.yaml",
          "/etc/passwd",
          "%2fetc%2fpasswd",
          "~",
          ".",
          "%zz",
          "%",
          "..;/profiles.yaml",
          "report.csv%00.html",
          ".sluice.lock",
          "link");

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  /** More than this process may hold without a key from one address. */
  @Test
  void silentConnectionsLockNobodyOut() throws IOException {
    List<RawCall> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 1_100; i++) {
        silent.add(new RawCall(rig.service.port()));
      }
      assertThat(rig.operator().get("/v1/jobs").status()).isEqualTo(200);
      assertThat(silent.get(0).rest()).isEmpty();
    } finally {
      for (RawCall call : silent) {
        call.close();
      }
    }
  }

  /** Its place is only taken by those that have shown no key. */
  @Test
  void aConnectionWithAKeyOutlivesSilentOnes() throws IOException {
    try (RawCall known = new RawCall(rig.service.port())) {
      String request =
          "GET /v1/jobs HTTP/1.1\r\nHost: 127.0.0.1:"
              + rig.service.port()
              + "\r\nAuthorization: Bearer "
              + rig.operator
              + "\r\n\r\n";
      assertThat(known.send(request).head()).startsWith("HTTP/1.1 200");
      List<RawCall> silent = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        silent.add(new RawCall(rig.service.port()));
      }
      assertThat(known.send(request).head()).contains("HTTP/1.1 200");
      for (RawCall call : silent) {
        call.close();
      }
    }
  }

  @Test
  void noPathLeadsOutOfItsPlace() throws IOException {
    String job = rig.imported(rig.upload("a.csv", ServiceRig.senders(3)), "{}");
    JsonNode ended = rig.awaitEnd(job);
    assertThat(ended.path("exit").asInt(-1)).describedAs(ended.toString()).isZero();
    String export = rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}");
    String snapshot = rig.awaitEnd(export).at("/summary/snapshot").asString();
    Path secret = Files.writeString(rig.directory.resolve("data/secret"), "s3cret");
    Files.createSymbolicLink(rig.files.job(job).resolve("link"), secret);
    List<String> places =
        List.of(
            "/v1/jobs/" + job + "/files/%s",
            "/v1/jobs/" + job + "/files/block-senders/%s",
            "/v1/jobs/%s",
            "/v1/jobs/%s/files/secret",
            "/v1/jobs/%s/rows",
            "/v1/jobs/%s/changes",
            "/v1/jobs/%s/events",
            "/v1/uploads/%s",
            "/v1/snapshots/%s",
            "/v1/snapshots/%s/files/manifest.json",
            "/v1/snapshots/" + ServiceRig.ONE + "~%s/files/manifest.json",
            "/v1/snapshots/%s~x/files/manifest.json",
            "/v1/snapshots/" + snapshot + "/files/%s",
            "/v1/profiles/%s/status",
            "/assets/%s",
            "/%s");
    for (String place : places) {
      for (String climb : CLIMBS) {
        String path = place.replace("%s", climb);
        String answer = whole(path);
        assertThat(answer).describedAs(path).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        assertThat(answer).describedAs(path).doesNotContain("s3cret", "root:", "token:", "500 ");
      }
    }
    assertThat(whole("/v1/jobs/" + job + "/files/report.csv")).startsWith("HTTP/1.1 200 ");
    assertThat(whole("/v1/snapshots/" + snapshot + "/files/manifest.json")).contains(" 200 ");
  }

  private String whole(String path) throws IOException {
    try (RawCall call = new RawCall(rig.service.port())) {
      return call.send(request("GET " + path, "Connection: close")).rest();
    }
  }

  private String request(String what, String headers) {
    return what
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + rig.operator
        + "\r\n"
        + headers
        + "\r\n\r\n";
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    assertThat(answer(request("GET /v1/jobs", "X-Long: " + "x".repeat(20_000)))).contains(" 431 ");
    assertThat(answer(request("GET /v1/jobs?account=" + "x".repeat(10_000), "X: y")))
        .contains(" 414 ");
    String megabyte = "\"" + "x".repeat(1 << 20) + "\"";
    Visitor.Reply large = rig.operator().post("/v1/jobs", megabyte);
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.code()).isEqualTo("too_large");
    try (RawCall call = new RawCall(rig.service.port())) {
      String head =
          request("POST /v1/jobs", "Content-Type: application/json\r\nTransfer-Encoding: chunked");
      String chunk = "40000\r\n" + "x".repeat(0x40000) + "\r\n";
      call.send(head);
      try {
        for (int i = 0; i < 5; i++) {
          call.send(chunk);
        }
      } catch (IOException cutOff) {
        // The answer may be there nevertheless.
      }
      assertThat(call.head()).contains(" 413 ");
    }
    assertThat(rig.operator().get("/v1/jobs").status()).isEqualTo(200);
  }

  @Test
  void nothingThatIsSentBecomesAHeader() throws IOException {
    String path = "/v1/uploads?name=a%0d%0aSet-Cookie:%20x=y%22%0d%0a.csv";
    Visitor.Reply reply = rig.operator().post(path, "text/csv", ServiceRig.senders(1));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Set-Cookie")).isEmpty();
    assertThat(reply.json().path("detail").asString()).doesNotContain("\r", "\n");
    String echoed = answer(request("GET /v1/jobs", "X-Request-Id: a\u0001b"));
    assertThat(echoed).doesNotContain("\u0001");
    String smuggled =
        answer(request("POST /v1/jobs", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\nX: y"));
    assertThat(smuggled).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
    assertThat(answer("GET http://evil.example/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 400 ");
    assertThat(answer(request("BREW /v1/jobs", "X: y"))).contains(" 405 ");
  }

  private String answer(String request) throws IOException {
    return RawCall.answer(rig.service.port(), request);
  }

  @Test
  void aRequestThatDripsIsCutOff() throws IOException {
    rig.restart(Duration.ofMillis(700));
    long begun = System.nanoTime();
    try (RawCall call = new RawCall(rig.service.port())) {
      call.send("GET /v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Drip: ");
      assertThat(drippedUntilCut(call)).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    try (RawCall call = new RawCall(rig.service.port())) {
      assertThat(call.rest()).isEmpty();
    }
    try (RawCall call = new RawCall(rig.service.port())) {
      call.send(
          request("POST /v1/jobs", "Content-Type: application/json\r\nContent-Length: 50") + "{");
      assertThat(call.rest()).doesNotContain(" 202 ", " 500 ");
    }
  }

  /** Sends a byte now and then, each sooner than anything idle would be cut. */
  private static boolean drippedUntilCut(RawCall call) {
    try {
      for (int i = 0; i < 200; i++) {
        call.send("x");
        LockSupport.parkNanos(50_000_000);
      }
      return false;
    } catch (IOException cut) {
      return true;
    }
  }
}
