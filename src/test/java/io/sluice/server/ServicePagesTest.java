package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Results of jobs as clients read them that are generated from the description. */
final class ServicePagesTest {
  @TempDir private static Path directory = Path.of("");
  private static Sandbox sandbox;
  private static ServiceRig rig;
  private static String restore;
  private static String diff;

  @BeforeAll
  static void start() throws IOException {
    sandbox = ServiceRig.sandbox().start();
    rig = new ServiceRig(directory, sandbox);
    sandbox.account().seed("block_senders", 20);
    sandbox.account().seed("trusted_domains", 20);
    String export = rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}");
    String snapshot = rig.awaitEnd(export).at("/summary/snapshot").asString();
    restore =
        rig.submit(
            "{\"kind\":\"restore\",\"profile\":\"two\",\"snapshot\":\""
                + snapshot
                + "\",\"resources\":[\"block-senders\",\"trusted-domains\"]}");
    rig.awaitEnd(restore);
    sandbox.account().seed("url_ignore_patterns", 5);
    diff =
        rig.submit("{\"kind\":\"diff\",\"before\":\"" + snapshot + "\",\"after\":\"profile:one\"}");
    rig.awaitEnd(diff);
  }

  @AfterAll
  static void stop() {
    rig.close();
    sandbox.close();
  }

  @Test
  void aFileIsThereWithItsSlashesEncoded() {
    List<String> names = new ArrayList<>();
    for (JsonNode file : rig.viewer().get("/v1/jobs/" + restore).json().path("files")) {
      names.add(file.path("name").asString());
    }
    assertThat(names).contains("block-senders/report.csv");
    for (String name : names) {
      String files = "/v1/jobs/" + restore + "/files/";
      Visitor.Reply encoded = rig.viewer().get(files + name.replace("/", "%2F"));
      assertThat(encoded.status()).describedAs(encoded.text()).isEqualTo(200);
      assertThat(encoded.text()).isEqualTo(rig.viewer().get(files + name).text());
    }
    Visitor.Reply other = rig.viewer().get("/v1/jobs/a%2Fb");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.code()).isEqualTo("bad_path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rows?after=domains.r.0",
        "rows?after=nosuch.r.5",
        "rows?after=block-senders.r.7",
        "rows?after=block-senders.r.99999999",
        "rows?after=block-senders.j.1",
        "rows?after=block-senders.j.99999999",
        "rows?after=block-senders.r.0&resource=trusted-domains",
        "rows?after=trusted-domains.r.0&resource=block-senders",
        "rows?after=block-senders.r.-1",
        "changes?after=0x0",
        "changes?after=-1",
        "changes?after=5",
        "changes?after=%2B0"
      })
  void aCursorThatNoPageHasNamedIsRefused(String query) {
    requireRefused(rig.viewer().get("/v1/jobs/" + restore + "/" + query));
  }

  @Test
  void aCursorWithinALineOfAChangeIsRefused() {
    String changes = "/v1/jobs/" + diff + "/changes";
    JsonNode page = rig.viewer().get(changes + "?limit=1").json();
    long next = Long.parseLong(page.path("next").asString());
    assertThat(rig.viewer().get(changes + "?after=" + next).json().path("items")).isNotEmpty();
    for (long after : List.of(1L, next - 1, next - 3, next + 1, 99_999_999L)) {
      requireRefused(rig.viewer().get(changes + "?after=" + after));
    }
  }

  private static void requireRefused(Visitor.Reply reply) {
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).contains("an earlier page");
    assertThat(reply.json().path("hint").asString()).contains("start again without it");
  }
}
