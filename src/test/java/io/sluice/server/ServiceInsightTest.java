package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What lists do, asked of the service. */
final class ServiceInsightTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path directory = Path.of("");

  @Test
  void aSnapshotIsAnsweredAtOnceAndAnAccountByAJob() throws IOException {
    try (Sandbox sandbox = ServiceRig.sandbox().start();
        ServiceRig rig = new ServiceRig(directory, sandbox)) {
      sandbox.account(ServiceRig.ONE).add("block_senders", sender("evil.test"));
      sandbox.account(ServiceRig.ONE).add("block_senders", sender("gmail.com"));
      String snapshot =
          rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"))
              .at("/summary/snapshot")
              .stringValue();

      JsonNode lint = post(rig, "lint", "{\"source\":\"" + snapshot + "\"}", 200);
      assertThat(lint.at("/counts/matches-everything").intValue()).isEqualTo(1);
      JsonNode explained =
          post(rig, "explain", "{\"source\":\"" + snapshot + "\",\"sender\":\"a@evil.test\"}", 200);
      assertThat(explained.at("/matches/0/by").stringValue()).isEqualTo("domain");

      JsonNode made = post(rig, "lint", "{\"source\":\"profile:one\"}", 202);
      JsonNode job = rig.awaitEnd(made.get("id").stringValue());
      assertThat(job.get("kind").stringValue()).isEqualTo("insight");
      assertThat(job.at("/summary/counts")).isEqualTo(lint.get("counts"));
      assertThat(job.get("result").stringValue()).startsWith("1 errors");
      JsonNode whole =
          rig.viewer()
              .get("/v1/jobs/" + made.get("id").stringValue() + "/files/insight.json")
              .json();
      assertThat(whole.get("findings")).isEqualTo(lint.get("findings"));
      assertThat(sandbox.requestLog().writes()).isZero();
    }
  }

  @Test
  void theHistoryOfAnAccountGoesThroughItsSnapshots() throws IOException {
    try (Sandbox sandbox = ServiceRig.sandbox().start();
        ServiceRig rig = new ServiceRig(directory, sandbox)) {
      rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
      sandbox.account(ServiceRig.ONE).add("block_senders", sender("evil.test"));
      rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));

      JsonNode history =
          post(
              rig,
              "history",
              "{\"account\":\"" + ServiceRig.ONE + "\",\"key\":\"evil.test\"}",
              200);

      assertThat(history.get("changes")).hasSize(1);
      assertThat(history.at("/changes/0/change").stringValue()).isEqualTo("created");
      assertThat(history.get("more").booleanValue()).isFalse();
      assertThat(history.at("/summary/snapshots").intValue()).isEqualTo(2);
    }
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() throws IOException {
    try (Sandbox sandbox = ServiceRig.sandbox().start();
        ServiceRig rig = new ServiceRig(directory, sandbox)) {
      post(rig, "lint", "{}", 400);
      post(rig, "lint", "{\"source\":\"profile:one\",\"ignore\":[\"conflicts\"]}", 400);
      post(rig, "lint", "{\"source\":\"profile:one\",\"sender\":\"a@b.test\"}", 400);
      post(rig, "explain", "{\"source\":\"profile:one\"}", 400);
      post(rig, "explain", "{\"source\":\"profile:one\",\"sender\":\"b.test\"}", 400);
      post(rig, "lint", "{\"source\":\"nothing\"}", 422);
      post(rig, "lint", "{\"source\":\"profile:none\"}", 422);
      post(rig, "history", "{\"account\":\"nobody\"}", 422);
      String records = ",\"resources\":[\"block-senders\",\"content-policies\"]}";
      post(rig, "explain", "{\"source\":\"profile:one\",\"ip\":\"192.0.2.1\"" + records, 400);
      post(rig, "history", "{\"account\":\"" + ServiceRig.ONE + "\",\"since\":\"yesterday\"}", 400);
    }
  }

  @Test
  void aHistoryThatCannotBeToldIsRefused() throws IOException {
    try (Sandbox sandbox = ServiceRig.sandbox().start();
        ServiceRig rig = new ServiceRig(directory, sandbox)) {
      rig.awaitEnd(
          rig.submit("{\"kind\":\"export\",\"profile\":\"one\",\"resources\":[\"domains\"]}"));
      String of = "{\"account\":\"" + ServiceRig.ONE + "\",";

      post(rig, "history", of + "\"key\":\" \"}", 400);
      post(rig, "history", of + "\"since\":\"2999-01-01T00:00:00Z\"}", 400);
      post(rig, "history", of + "\"resources\":[]}", 400);
      JsonNode unknown = post(rig, "history", of + "\"resources\":[\"block-senders\"]}", 422);
      assertThat(unknown.get("detail").stringValue())
          .contains("no snapshot of that account holds block-senders");
    }
  }

  private static JsonNode post(ServiceRig rig, String what, String body, int status) {
    var answer = rig.operator().post("/v1/insights/" + what, body);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(status);
    return answer.json();
  }

  private static ObjectNode sender(String domain) {
    ObjectNode sender = JSON.createObjectNode().put("pattern", domain);
    return sender.put("pattern_type", "DOMAIN").put("is_regex", false).put("comments", "why");
  }
}
