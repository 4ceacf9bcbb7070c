package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.TextLimit;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What machines and the console ask of the service itself. */
final class ServiceSystemTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void theServiceTellsWhetherItLivesAndCanWork() {
    assertThat(rig.stranger().get("/healthz").json().path("status").asString()).isEqualTo("ok");
    assertThat(rig.stranger().get("/readyz").status()).isEqualTo(200);
    rig.breakDatabase();
    assertThat(rig.stranger().get("/healthz").status()).isEqualTo(200);
    assertThat(rig.stranger().get("/readyz").status()).isEqualTo(503);
    Visitor.Reply jobs = rig.viewer().get("/v1/jobs");
    assertThat(jobs.status()).isEqualTo(503);
    assertThat(jobs.code()).isEqualTo("database");
  }

  @Test
  void whatIsMeasuredTellsNothingOfAnybody() {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String job = rig.imported(rig.upload("secret-name.csv", ServiceRig.senders(20)), "{}");
    rig.awaitEnd(job);
    rig.operator().get("/v1/jobs/" + job + "/rows?key=host7.example");
    rig.stranger().get("/some/secret-path");
    rig.stranger().with("Authorization", "Bearer slk_guess").get("/v1/jobs");
    String text = rig.viewer().get("/metrics").text();

    assertThat(text)
        .contains("sluice_http_server_requests_seconds_bucket{method=\"GET\"")
        .contains("route=\"/v1/jobs/{id}/rows\",status=\"200\"")
        .contains("route=\"/v1/jobs\",status=\"401\"")
        .contains("method=\"none\",route=\"none\",status=\"404\"")
        .contains("sluice_jobs{state=\"finished\"} 1")
        .contains("sluice_rows_total{outcome=\"created\",resource=\"block-senders\"} 19")
        .contains("sluice_rows_total{outcome=\"failed\",resource=\"block-senders\"} 1")
        .contains("sluice_uploads_bytes_total ")
        .contains("sluice_jvm_memory_used_bytes", "sluice_jvm_threads_live_threads");
    assertThat(text)
        .doesNotContain("secret", "host7", ServiceRig.ONE, job, "slk_", "op-", "view-")
        .doesNotContain(rig.operator, rig.viewer, rig.sandbox.token());
    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.startsWith("sluice_"));
  }

  @Test
  void theCatalogueAndTheAccountsAreTold() {
    JsonNode resources = rig.viewer().get("/v1/resources").json().path("items");
    assertThat(resources)
        .extracting(one -> one.path("slug").asString())
        .contains("block-senders", "domains");
    JsonNode domains = resources.get(3);
    assertThat(domains.path("name").asString()).isEqualTo("domains");
    assertThat(domains.path("can"))
        .extracting(JsonNode::asString)
        .containsExactly("list", "edit", "delete", "batch");
    assertThat(resources.get(1).path("fields"))
        .filteredOn(field -> field.path("name").asString().equals("pattern_type"))
        .singleElement()
        .satisfies(
            field ->
                assertThat(field.path("choices"))
                    .extracting(JsonNode::asString)
                    .contains("EMAIL", "IP"));

    Visitor.Reply profiles = rig.viewer().get("/v1/profiles");
    assertThat(profiles.text()).doesNotContain(rig.sandbox.token(), rig.operator);
    JsonNode items = profiles.json().path("items");
    assertThat(items.get(0).at("/problem/message").asString()).contains("NOWHERE");
    assertThat(items.get(1).path("account").asString()).isEqualTo(ServiceRig.ONE);
    assertThat(items.get(1).path("problem").isNull()).isTrue();
  }

  @Test
  void theLimitsOfTextsAreThoseThatRequestsAreHeldTo() {
    JsonNode texts = rig.viewer().get("/v1/limits").json().path("text_characters");
    assertThat(texts).hasSize(TextLimit.values().length);
    int most = texts.path("key_name").asInt();
    String key = "{\"name\":\"%s\",\"role\":\"viewer\"}";
    Visitor operator = rig.operator();
    assertThat(operator.post("/v1/keys", key.formatted("n".repeat(most))).status()).isEqualTo(201);
    assertThat(operator.post("/v1/keys", key.formatted("n".repeat(most + 1))).status())
        .isEqualTo(422);
  }

  @Test
  void whatStopsEveryCallIsTriedOnceAndNamed() {
    rig.sandbox.faults().everywhere().then(Fault.firewall());
    JsonNode status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("reachable").booleanValue()).isFalse();
    assertThat(status.at("/problem/code").asString()).isEqualTo("blocked");
    assertThat(status.at("/problem/message").asString()).contains("Attention Required");
    assertThat(status.at("/problem/hint").asString()).contains("no missing permission");
    assertThat(rig.sandbox.requestLog().total()).isEqualTo(1);

    JsonNode job = rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    assertThat(job.at("/summary/error/code").asString()).isEqualTo("blocked");
    assertThat(job.at("/summary/error/http_status").intValue()).isEqualTo(403);
    assertThat(rig.sandbox.requestLog().total()).isEqualTo(2);
  }

  @Test
  void whatTheApiSaysBesidesIsPartOfAJobsProgress() {
    String body =
        "{\"success\":true,\"messages\":[{\"code\":7,\"message\":\"soon gone\"}],\"result\":[],"
            + "\"result_info\":{\"total_count\":0}}";
    rig.sandbox.faults().onList("domains").then(Fault.reply(200, Fault.JSON, body));
    JsonNode job = rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    assertThat(job.at("/progress/api_messages/0").asString()).isEqualTo("7 soon gone");
  }

  @Test
  void anAccountIsLookedAtOnceForManyWhoAsk() {
    rig.sandbox.account(ServiceRig.ONE).seed("block_senders", 7);
    long seeded = rig.sandbox.account(ServiceRig.ONE).count("block_senders");
    JsonNode status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("reachable").booleanValue()).isTrue();
    assertThat(status.at("/resources/1/resource").asString()).isEqualTo("block-senders");
    assertThat(status.at("/resources/1/count").longValue()).isEqualTo(seeded);
    long calls = rig.sandbox.requestLog().total();
    assertThat(rig.viewer().get("/v1/profiles/one/status").json()).isEqualTo(status);
    assertThat(rig.sandbox.requestLog().total()).isEqualTo(calls);
    JsonNode broken = rig.viewer().get("/v1/profiles/broken/status").json();
    assertThat(broken.path("reachable").booleanValue()).isFalse();
    assertThat(broken.at("/problem/message").asString()).contains("NOWHERE");
    assertThat(rig.viewer().get("/v1/profiles/none/status").status()).isEqualTo(404);
  }

  @Test
  void anAccountThatWasPutRightIsReachableAtOnce() throws IOException {
    Path profiles = rig.directory.resolve("profiles.yaml");
    String right = Files.readString(profiles);
    Files.writeString(profiles, right.replace("env:TOKEN", "env:MISSING"));
    JsonNode status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("reachable").booleanValue()).isFalse();

    Files.writeString(profiles, right);
    status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("reachable").booleanValue()).describedAs(status.toString()).isTrue();
  }

  @Test
  void theConsoleIsServedAndNotSentTwice() {
    Visitor.Reply page = rig.stranger().get("/");
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.text()).contains("<title>Sluice");
    String tag = page.header("ETag");
    for (String held : List.of(tag, "W/" + tag, "\"old\", W/" + tag, "*")) {
      assertThat(rig.stranger().with("If-None-Match", held).get("/").status()).isEqualTo(304);
    }
    assertThat(rig.stranger().with("If-None-Match", "\"old\"").get("/").status()).isEqualTo(200);
    Visitor.Reply head = rig.stranger().send("HEAD", "/", HttpRequest.BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    Visitor.Reply post = rig.stranger().post("/healthz", "{}");
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.header("Allow")).isEqualTo("GET");
  }

  /** As a client that sends head and body apart: the refusal is there before the body is. */
  @Test
  void aConnectionAnswersAfterABodyThatCameTooLate() throws IOException {
    String host = "Host: 127.0.0.1:" + rig.service.port() + "\r\n";
    String key = "Authorization: Bearer " + rig.operator + "\r\n";
    try (RawCall call = new RawCall(rig.service.port())) {
      for (int i = 0; i < 3; i++) {
        call.send(
            "POST /v1/jobs HTTP/1.1\r\n"
                + host
                + key
                + "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
        assertThat(call.head()).contains("HTTP/1.1 415");
        call.send("hello");
        call.send("GET /v1/limits HTTP/1.1\r\n" + host + key + "\r\n");
        assertThat(call.head()).contains("HTTP/1.1 200");
      }
    }
  }

  /** The handler refuses what the address says, whether the body is there by then or not. */
  @Test
  @Tag("slow")
  void aConnectionAnswersAfterARefusalThatOvertakesTheBody() throws IOException {
    try (RawCall call = new RawCall(rig.service.port())) {
      for (int i = 0; i < 300; i++) {
        assertRefusedBeforeItsBody(call);
        call.send("GET /v1/limits HTTP/1.1\r\n" + head() + "\r\n");
        assertThat(call.head()).contains("HTTP/1.1 200");
      }
    }
  }

  /** What cannot be read is answered as well, right behind a request that was answered. */
  @Test
  void aLineThatIsTooLongIsAnsweredBehindAnotherRequest() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (RawCall call = new RawCall(rig.service.port())) {
        assertRefusedBeforeItsBody(call);
        call.send("GET /v1/limits?" + "z".repeat(9_000) + " HTTP/1.1\r\n" + head() + "\r\n");
        assertThat(call.head()).contains("HTTP/1.1 414");
      }
    }
  }

  private void assertRefusedBeforeItsBody(RawCall call) throws IOException {
    call.send(
        "POST /v1/imports?profile=none&resource=block-senders HTTP/1.1\r\n"
            + head()
            + "Content-Type: text/csv\r\nContent-Length: 22\r\n\r\n");
    call.send("pattern\nhost0.example\n");
    assertThat(call.head()).contains("HTTP/1.1 4");
  }

  private String head() {
    return "Host: 127.0.0.1:"
        + rig.service.port()
        + "\r\nAuthorization: Bearer "
        + rig.operator
        + "\r\n";
  }

  @Test
  void aConnectionAnswersHoweverOftenItIsUsed() {
    Visitor wrong = rig.stranger().with("Authorization", "Bearer slk_no");
    for (int i = 0; i < 200; i++) {
      assertThat(rig.stranger().get("/v1/jobs").status()).isEqualTo(401);
      // Keys that open nothing are put off after a while.
      assertThat(wrong.delete("/v1/sessions/current").status()).isEqualTo(i < 10 ? 401 : 429);
      assertThat(rig.viewer().get("/v1/limits").status()).isEqualTo(200);
    }
  }

  @Test
  void limitsAreTold() {
    JsonNode limits = rig.viewer().get("/v1/limits").json();
    assertThat(limits.path("upload_bytes").longValue()).isEqualTo(ServiceRig.LARGEST_UPLOAD);
    assertThat(limits.path("jobs_at_once").intValue()).isEqualTo(4);
    assertThat(limits.path("preview_rows").intValue()).isEqualTo(20);
  }
}
