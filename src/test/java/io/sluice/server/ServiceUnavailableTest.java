package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Accounts whose package lacks a kind of records, as the service shows them. */
final class ServiceUnavailableTest {
  private static final String CONTENT = "content-policies";

  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @BeforeEach
  void start() throws IOException {
    rig.sandbox.account(ServiceRig.ONE).lacks(CONTENT, 404);
  }

  @Test
  void anAccountSaysWhichKindsItDoesNotOffer() {
    JsonNode status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("reachable").booleanValue()).isTrue();
    for (JsonNode one : status.path("resources")) {
      boolean lacking = one.path("resource").asString().equals(CONTENT);
      assertThat(one.path("unavailable").asString("").contains("404")).isEqualTo(lacking);
      assertThat(one.path("count").isNull()).isEqualTo(lacking);
      assertThat(one.path("problem").isNull()).isTrue();
    }
  }

  @Test
  void aKindThatIsRefusedHasAProblemAndIsNotCalledUnavailable() {
    rig.sandbox.faults().onList("domains").then(Fault.status(403, 10000, "Authentication error"));
    JsonNode status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("reachable").booleanValue()).describedAs(status.toString()).isTrue();
    for (JsonNode one : status.path("resources")) {
      if (one.path("resource").asString().equals("domains")) {
        assertThat(one.path("unavailable").isNull()).isTrue();
        assertThat(one.at("/problem/message").asString()).contains("Authentication error");
        assertThat(one.at("/problem/hint").asString()).isNotEmpty();
      }
    }
  }

  @Test
  void anErrorIsNotCalledQuotaBecauseTheQuotaIsUsedUpToo() {
    rig.sandbox
        .faults()
        .everywhere()
        .then(
            Fault.status(401, 10000, "Authentication error")
                .header("ratelimit-policy", "\"default\";q=1;w=300")
                .header("ratelimit", "\"default\";r=0;t=300"));
    JsonNode status = rig.viewer().get("/v1/profiles/one/status").json();
    assertThat(status.path("state").asString())
        .describedAs(status.toString())
        .isEqualTo("unreachable");
    assertThat(status.at("/problem/code").asString()).isEqualTo("not_authenticated");
  }

  @Test
  void aBackupNotesItAndCountsAsNoneOfThatKind() {
    JsonNode job = rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    assertThat(job.at("/summary/unavailable/0/resource").asString()).isEqualTo(CONTENT);
    JsonNode snapshot = rig.viewer().get("/v1/snapshots").json().path("items").get(0);
    assertThat(snapshot.at("/unavailable/0/http_status").intValue()).isEqualTo(404);

    assertThat(rig.viewer().get("/metrics").text())
        .contains(
            "sluice_backup_last_success_timestamp_seconds{profile=\"one\",resource=\"domains\"}")
        .doesNotContain("profile=\"one\",resource=\"" + CONTENT + "\"}");
  }

  @Test
  void aKindThatWasThereOnceKeepsTheTimeOfItsLastBackup() {
    rig.sandbox.account(ServiceRig.ONE).lacks(CONTENT, 0);
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    String before = line(CONTENT);
    assertThat(before).isNotEmpty();
    rig.sandbox.account(ServiceRig.ONE).lacks(CONTENT, 403);
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    assertThat(line(CONTENT)).isEqualTo(before);
    assertThat(line("domains")).isNotEqualTo(before.replace(CONTENT, "domains"));
  }

  /** What the metrics say of the last backup of a kind. */
  private String line(String kind) {
    return rig.viewer()
        .get("/metrics")
        .text()
        .lines()
        .filter(text -> text.startsWith("sluice_backup_last_success_timestamp_seconds{"))
        .filter(text -> text.contains('"' + kind + '"'))
        .findFirst()
        .orElse("");
  }

  @Test
  void aKindThatIsNamedIsAnError() {
    String named = "{\"kind\":\"export\",\"profile\":\"one\",\"resources\":[\"" + CONTENT + "\"]}";
    JsonNode job = rig.awaitEnd(rig.submit(named));
    assertThat(job.path("exit").intValue()).isEqualTo(5);
    assertThat(job.at("/summary/error/code").asString()).isEqualTo("unavailable_kind");
  }

  @Test
  void migratingToSuchAnAccountSkipsTheKind() {
    rig.sandbox.account(ServiceRig.TWO).seed(CONTENT, 12);
    rig.sandbox.account(ServiceRig.TWO).seed("domains", 3);
    JsonNode job =
        rig.awaitEnd(rig.submit("{\"kind\":\"migrate\",\"from\":\"two\",\"to\":\"one\"}"));
    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    assertThat(job.at("/summary/parts").toString()).contains("content_policies");
    for (JsonNode part : job.at("/summary/parts")) {
      if (part.path("resource").asString().equals("content_policies")) {
        assertThat(part.at("/counts/skipped").intValue()).isEqualTo(12);
      }
    }
  }
}
