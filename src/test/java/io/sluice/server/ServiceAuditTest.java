package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.keys.Role;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What people do is in the audit trail, and what they were refused. */
final class ServiceAuditTest {
  /** Nothing is kept of what these do; a sign-in is noted once its key is known. */
  private static final Set<String> UNNOTED =
      Set.of(
          "POST /v1/sessions",
          "POST /v1/previews",
          "POST /v1/insights/history",
          "POST /v1/snapshots/{id}/verify");

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  private List<JsonNode> entries(String query) {
    JsonNode page = rig.operator().get("/v1/audit" + query).json();
    return page.path("items").valueStream().toList();
  }

  private static String text(JsonNode entry, String name) {
    return entry.path(name).asString("");
  }

  @Test
  void everythingThatChangesSomethingIsNoted() throws IOException {
    for (Route route : rig.routes()) {
      String name = route.method().name() + " " + route.path().text();
      boolean reads = route.method().name().equals("GET");
      assertThat(route.audit() != null || reads || UNNOTED.contains(name))
          .describedAs(name)
          .isTrue();
    }
  }

  @Test
  void anActionThatThereIsNotIsRefusedAndAnyOtherIsFound() throws IOException {
    Visitor.Reply reply = rig.operator().get("/v1/audit?action=jobs.submit");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString("")).contains("the nearest is 'job.submit'");

    for (Route route : rig.routes()) {
      String action = route.audit();
      if (action != null) {
        assertThat(rig.operator().get("/v1/audit?action=" + action).status()).isEqualTo(200);
      }
    }
    rig.awaitEnd(rig.imported(rig.upload("a.csv", ServiceRig.senders(1)), "{}"));
    rig.operator().get("/v1/audit/export");
    for (JsonNode entry : entries("")) {
      assertThat(entries("?action=" + text(entry, "action"))).isNotEmpty();
    }
  }

  @Test
  void whoDidWhatFromWhereIsThere() {
    String upload = rig.upload("a.csv", ServiceRig.senders(2));
    String job = rig.imported(upload, "{}");
    rig.awaitEnd(job);
    rig.viewer().get("/v1/jobs/" + job + "/files/report.csv");
    assertThat(rig.operator().post("/v1/jobs/" + job + "/cancel", "").status()).isEqualTo(409);
    Visitor.Reply made = rig.operator().post("/v1/keys", "{\"name\":\"ci\",\"role\":\"viewer\"}");
    rig.operator().delete("/v1/keys/" + made.json().path("id").asString());
    new Visitor(rig.service.port()).with("Authorization", "Bearer slk_wrong").get("/v1/jobs");

    assertThat(entries("?job=" + job))
        .extracting(entry -> text(entry, "action") + " " + text(entry, "detail"))
        .containsExactly(
            "job.cancel 409 ended",
            "job.download 200",
            "job.end finished, exit 0",
            "job.submit 202");
    JsonNode submit = entries("?action=job.submit").get(0);
    assertThat(text(submit, "actor")).startsWith("op-");
    assertThat(text(submit, "from")).isEqualTo("127.0.0.1");
    assertThat(text(submit, "subject")).isEqualTo(job);
    assertThat(text(entries("?action=key.make").get(0), "detail")).isEqualTo("201: viewer 'ci'");
    assertThat(text(entries("?action=key.remove").get(0), "detail")).isEqualTo("204: viewer 'ci'");
    JsonNode refused = entries("?action=sign_in.refused").get(0);
    assertThat(text(refused, "actor")).isEqualTo("nobody");
    assertThat(text(refused, "detail")).isEqualTo("this key opens nothing");
  }

  @Test
  void whatARoleForbidsIsNotedWithWhoTriedWhatFromWhere() {
    String job = rig.imported(rig.upload("a.csv", ServiceRig.senders(1)), "{}");
    rig.awaitEnd(job);

    assertThat(rig.operator().post("/v1/jobs/" + job + "/approve", "{}").status()).isEqualTo(403);
    assertThat(rig.viewer().delete("/v1/keys/1").status()).isEqualTo(403);

    List<JsonNode> refused = entries("?action=access.refused");
    assertThat(refused)
        .extracting(entry -> text(entry, "detail"))
        .containsExactly(
            "403 not_permitted: DELETE /v1/keys/{id}",
            "403 not_permitted: POST /v1/jobs/{id}/approve");
    assertThat(text(refused.get(0), "actor")).startsWith("view-");
    assertThat(text(refused.get(0), "subject")).isEqualTo("1");
    assertThat(text(refused.get(0), "from")).isEqualTo("127.0.0.1");
    assertThat(text(refused.get(1), "actor")).startsWith("op-");
    assertThat(text(refused.get(1), "job")).isEqualTo(job);
  }

  @Test
  void aSessionOfTheConsoleIsNotedFromItsBeginningToItsEndAndItsReadingIsNot() {
    String key = rig.keys.make("anna", Role.VIEWER, Instant.now());
    Visitor.Reply begun = rig.stranger().post("/v1/sessions", "{\"key\":\"" + key + "\"}");
    Visitor console = rig.stranger().with("Cookie", begun.header("Set-Cookie").split(";", 2)[0]);
    JsonNode current = console.get("/v1/sessions/current").json();
    console.get("/v1/jobs");
    assertThat(console.delete("/v1/sessions/current").code()).isEqualTo("csrf");
    Visitor own = console.with("X-CSRF-Token", text(current, "csrf"));
    assertThat(own.delete("/v1/sessions/current").status()).isEqualTo(204);

    assertThat(entries("?actor=anna"))
        .extracting(entry -> text(entry, "action") + " " + text(entry, "detail"))
        .containsExactly(
            "sign_out 204",
            "access.refused 403 csrf: DELETE /v1/sessions/current",
            "sign_in console, viewer");
    assertThat(rig.operator().get("/v1/audit/export").text()).doesNotContain(key);
  }

  @Test
  void aFloodOfRefusalsAddsFewEntries() {
    for (int i = 0; i < 60; i++) {
      rig.stranger().with("Authorization", "Bearer slk_" + i).get("/v1/jobs");
      rig.viewer().get("/v1/audit");
    }

    assertThat(entries("?action=sign_in.refused")).hasSize(10);
    assertThat(entries("?action=access.refused")).hasSize(10);
  }

  @Test
  void thePagesAndTheExportHoldTheSameChain() {
    for (int i = 0; i < 5; i++) {
      rig.upload("a.csv", ServiceRig.senders(1));
    }
    JsonNode first = rig.operator().get("/v1/audit?limit=2").json();
    JsonNode second = rig.operator().get("/v1/audit?limit=2&before=" + text(first, "next")).json();
    assertThat(text(second.path("items").get(0), "sha256"))
        .isEqualTo(text(first.path("items").get(1), "before"));

    List<String> lines = rig.operator().get("/v1/audit/export").text().lines().toList();

    assertThat(lines).hasSizeGreaterThanOrEqualTo(5);
    assertThat(lines.get(0)).contains("\"number\":1,").contains("upload.send");
    assertThat(rig.viewer().get("/v1/audit").status()).isEqualTo(403);
  }
}
