package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Uploads and snapshots are listed and removed, but for those that something needs. */
final class ServiceRemovalTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void uploadsAreListedLatestFirstPageByPage() {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(0, rig.upload(i + ".csv", ServiceRig.senders(1)));
    }
    List<String> listed = new ArrayList<>();
    String next = "";
    do {
      String path = "/v1/uploads?limit=2" + (next.isEmpty() ? "" : "&before=" + next);
      JsonNode page = rig.viewer().get(path).json();
      page.path("items").forEach(item -> listed.add(item.path("id").asString()));
      next = page.path("next").asString("");
    } while (!next.isEmpty());

    assertThat(listed)
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(sent)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    JsonNode first = rig.viewer().get("/v1/uploads").json().path("items").get(0);
    assertThat(first.path("made_by").asString()).startsWith("op-");
  }

  @Test
  void anUploadIsRemovedWithItsContent() {
    String upload = rig.upload("a.csv", ServiceRig.senders(1));
    Path content = rig.files.upload(upload);
    assertThat(content).exists();

    assertThat(rig.viewer().delete("/v1/uploads/" + upload).status()).isEqualTo(403);
    assertThat(rig.operator().delete("/v1/uploads/" + upload).status()).isEqualTo(204);

    assertThat(content).doesNotExist();
    assertThat(rig.operator().get("/v1/uploads/" + upload).status()).isEqualTo(404);
    assertThat(rig.operator().delete("/v1/uploads/" + upload).status()).isEqualTo(404);
    assertThat(rig.operator().get("/v1/uploads").json().path("items")).isEmpty();
  }

  @Test
  void aSnapshotThatCannotBeReadIsListedAsSuchWithoutItsPlace() throws IOException {
    rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    Path snapshots = rig.files.snapshots(ServiceRig.ONE);
    Files.writeString(
        Files.createDirectory(snapshots.resolve("2026-01-02T030405Z")).resolve("manifest.json"),
        "x");

    JsonNode page = rig.viewer().get("/v1/snapshots").json();
    assertThat(page.path("items")).hasSize(1);
    assertThat(page.path("unreadable")).hasSize(1);
    String id = page.at("/unreadable/0/id").asString();
    assertThat(id).isEqualTo(ServiceRig.ONE + "~2026-01-02T030405Z");
    assertThat(page.at("/unreadable/0/why").asString())
        .contains("manifest.json")
        .doesNotContain(rig.files.root().toString());

    Visitor.Reply restore =
        rig.operator()
            .post(
                "/v1/jobs",
                "{\"kind\":\"restore\",\"profile\":\"one\",\"snapshot\":\"" + id + "\"}");
    assertThat(restore.status()).isEqualTo(422);
    assertThat(restore.text())
        .contains("manifest.json cannot be read", "whoever runs the service")
        .doesNotContain(rig.files.root().toString());

    Visitor.Reply refused = rig.operator().delete("/v1/snapshots/" + id);
    assertThat(refused.status()).describedAs(refused.text()).isEqualTo(409);
    assertThat(refused.text())
        .contains("manifest.json", "whoever runs the service")
        .doesNotContain(rig.files.root().toString());
    assertThat(rig.viewer().get("/v1/snapshots?account=other").json().path("unreadable")).isEmpty();
  }

  @Test
  void aSnapshotAmongThoseOfAnotherAccountIsNotTakenForOneOfThem() throws IOException {
    String id = snapshot("");
    String name = id.substring(id.indexOf('~') + 1);
    Path elsewhere = Files.createDirectories(rig.files.snapshots("other").resolve(name));
    try (var files = Files.list(rig.files.snapshots(ServiceRig.ONE).resolve(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, elsewhere.resolve(file.getFileName()));
      }
    }

    assertThat(ids()).containsExactly(id);
    JsonNode unreadable = rig.viewer().get("/v1/snapshots").json().path("unreadable");
    assertThat(unreadable).hasSize(1);
    assertThat(unreadable.at("/0/id").asString()).isEqualTo("other~" + name);
    assertThat(remove("other~" + name, "?force=true").status()).isEqualTo(404);
    assertThat(unreadable.at("/0/why").asString())
        .isEqualTo(
            "it is of the account %s: its place is snapshots/%s"
                .formatted(ServiceRig.ONE, ServiceRig.ONE));
  }

  @Test
  void anUploadThatAScheduleOrAJobNeedsStays() {
    rig.sandbox.close();
    String planned = rig.upload("planned.csv", ServiceRig.senders(1));
    Visitor.Reply schedule =
        rig.operator()
            .post(
                "/v1/schedules",
                "{\"name\":\"weekly\",\"cron\":\"0 2 * * 1\",\"zone\":\"UTC\",\"job\":"
                    + "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\","
                    + "\"upload\":\""
                    + planned
                    + "\"}}");
    assertThat(schedule.status()).describedAs(schedule.text()).isEqualTo(201);
    Visitor.Reply refused = rig.operator().delete("/v1/uploads/" + planned + "?force=true");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("in_use");
    assertThat(refused.text()).contains("the schedule 'weekly'");

    String running = rig.upload("running.csv", ServiceRig.senders(1));
    String job = rig.imported(running, "{}");
    refused = rig.operator().delete("/v1/uploads/" + running + "?force=true");
    assertThat(refused.code()).isEqualTo("in_use");
    assertThat(refused.text()).contains("job " + job);
    rig.operator().post("/v1/jobs/" + job + "/cancel", "");
    rig.awaitEnd(job);
    refused = rig.operator().delete("/v1/uploads/" + running);
    assertThat(refused.code()).isEqualTo("resumable");
    assertThat(refused.text()).contains("force=true");
    assertThat(rig.files.upload(running)).exists();
    assertThat(rig.operator().delete("/v1/uploads/" + running + "?force=true").status())
        .isEqualTo(204);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/resume", "").code())
        .isEqualTo("not_resumable");
  }

  @Test
  void aSnapshotIsRemovedIfAnotherIsAsGood() {
    String old = snapshot("");
    String latest = snapshot("");
    String part = snapshot(",\"resources\":[\"domains\"]");
    String some = snapshot(",\"resources\":[\"domains\"],\"where\":{\"search\":[\"x\"]}");

    assertThat(rig.viewer().delete("/v1/snapshots/" + old).status()).isEqualTo(403);
    assertThat(remove(old, "").status()).isEqualTo(204);
    Visitor.Reply last = remove(latest, "");
    assertThat(last.status()).isEqualTo(409);
    assertThat(last.code()).isEqualTo("last_snapshot");
    assertThat(last.json().path("detail").asString())
        .contains("block-senders", "force=true")
        .doesNotContain(" domains");
    assertThat(remove(part, "").status()).isEqualTo(204);
    assertThat(remove(some, "").code()).isEqualTo("last_snapshot");
    assertThat(ids()).containsExactlyInAnyOrder(latest, some);
    assertThat(remove(latest, "?force=true").status()).isEqualTo(204);
    assertThat(rig.operator().get("/v1/snapshots/" + latest).status()).isEqualTo(404);
    assertThat(remove(latest, "").status()).isEqualTo(404);
    assertThat(ids()).containsExactly(some);
  }

  @Test
  void aSnapshotWhoseFileIsMissingOrCutOffIsNoOtherGoodOne() throws IOException {
    rig.sandbox.account(ServiceRig.ONE).seed("block_senders", 3);
    String damaged = snapshot("");
    String good = snapshot("");
    Path directory =
        rig.files.snapshots(ServiceRig.ONE).resolve(damaged.substring(damaged.indexOf('~') + 1));
    Files.delete(directory.resolve("domains.jsonl"));
    Files.writeString(directory.resolve("block-senders.jsonl"), "{");

    Visitor.Reply refused = remove(good, "");
    assertThat(refused.code()).isEqualTo("last_snapshot");
    assertThat(refused.json().path("detail").asString())
        .contains("block-senders", "domains")
        .doesNotContain("allow-policies");
  }

  @Test
  void aSnapshotThatIsReadStays() {
    String old = snapshot("");
    snapshot("");
    rig.sandbox.close();
    String job =
        rig.submit("{\"kind\":\"restore\",\"profile\":\"one\",\"snapshot\":\"" + old + "\"}");
    Visitor.Reply refused = remove(old, "?force=true");
    assertThat(refused.code()).isEqualTo("in_use");
    assertThat(refused.text()).contains(job);
    rig.operator().post("/v1/jobs/" + job + "/cancel", "");
    rig.awaitEnd(job);
    assertThat(remove(old, "").code()).isEqualTo("resumable");
    assertThat(remove(old, "?force=true").status()).isEqualTo(204);
  }

  @Test
  void nothingIsRemovedThatSluiceDidNotWrite() throws IOException {
    String old = snapshot("");
    String latest = snapshot("");
    Path account = rig.files.snapshots(ServiceRig.ONE);
    Path stranger = account.resolve(old.substring(old.indexOf('~') + 1)).resolve("notes.txt");
    Files.writeString(stranger, "mine");

    Visitor.Reply refused = remove(old, "?force=true");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("foreign_content");
    assertThat(refused.text()).doesNotContain(rig.directory.toString());
    assertThat(stranger).hasContent("mine");

    Path elsewhere = Files.move(account, rig.directory.resolve("elsewhere"));
    Files.createSymbolicLink(account, elsewhere);
    assertThat(remove(latest, "?force=true").code()).isEqualTo("foreign_content");
    assertThat(elsewhere.resolve(latest.substring(latest.indexOf('~') + 1))).isDirectory();
  }

  private String snapshot(String properties) {
    JsonNode job =
        rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\"" + properties + "}"));
    assertThat(job.path("exit").intValue()).describedAs(job.toString()).isZero();
    return job.at("/summary/snapshot").asString();
  }

  private Visitor.Reply remove(String snapshot, String query) {
    return rig.operator().delete("/v1/snapshots/" + snapshot + query);
  }

  private List<String> ids() {
    List<String> ids = new ArrayList<>();
    rig.viewer()
        .get("/v1/snapshots")
        .json()
        .path("items")
        .forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }
}
