package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Jobs over HTTP, from the file that somebody sends to the files that come of it. */
final class ServiceJobsTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void anImportIsAskedForWatchedAndReadAgain() {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String upload = rig.upload("rows.csv", ServiceRig.senders(60));
    String job = rig.imported(upload, "{\"strategy\":\"rows\"}");
    JsonNode ended = rig.awaitEnd(job);

    assertThat(ended.path("state").asString()).isEqualTo("finished");
    assertThat(ended.path("exit").intValue()).isEqualTo(3);
    assertThat(ended.path("result").asString()).isEqualTo("59 created, 1 failed");
    assertThat(ended.path("resources").get(0).asString()).isEqualTo("block-senders");
    assertThat(ended.at("/spec/upload").asString()).isEqualTo(upload);
    assertThat(ended.at("/spec/options/strategy").asString()).isEqualTo("rows");
    assertThat(ended.path("can")).extracting(JsonNode::asString).containsExactly("retry");
    assertThat(ended.path("files"))
        .extracting(file -> file.path("name").asString())
        .contains("report.csv", "failed.csv", "summary.json", "journal.ndjson");

    Visitor.Reply file = rig.viewer().get("/v1/jobs/" + job + "/files/failed.csv");
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.text()).startsWith("pattern,pattern_type,_outcome").contains("host7.example");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + job + "-failed.csv\"");
    assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void rowsComePageByPageAndEachOnce() {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(25)), "{}");
    rig.awaitEnd(job);

    List<Integer> numbers = new ArrayList<>();
    String path = "/v1/jobs/" + job + "/rows?limit=10";
    JsonNode page = rig.viewer().get(path).json();
    page.path("items").forEach(row -> numbers.add(row.path("row").intValue()));
    while (!page.path("next").isNull()) {
      page = rig.viewer().get(path + "&after=" + page.path("next").asString()).json();
      page.path("items").forEach(row -> numbers.add(row.path("row").intValue()));
    }
    assertThat(numbers).hasSize(25).isSorted().doesNotHaveDuplicates();

    JsonNode failed = rig.viewer().get(path + "&outcome=failed").json().path("items");
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).path("key").asString()).contains("host7.example");
    assertThat(failed.get(0).path("code").asString()).isEqualTo("10021");
    JsonNode found = rig.viewer().get(path + "&key=HOST1").json().path("items");
    assertThat(found).hasSize(10).allMatch(row -> row.path("key").asString().contains("host1"));
    assertThat(rig.viewer().get(path + "&action=delete").json().path("items")).isEmpty();
    assertThat(rig.viewer().get(path + "&action=create").json().path("items")).hasSize(10);
  }

  @Test
  void changesAreFilteredByTheServer() {
    rig.sandbox.account().seed("block_senders", 12);
    String options = "{\"mode\":\"mirror\",\"max_deletes\":\"100%\",\"dry_run\":true}";
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(300)), options);
    rig.awaitEnd(job);

    String path = "/v1/jobs/" + job + "/changes?limit=20";
    JsonNode deletes = rig.viewer().get(path + "&action=delete").json();
    assertThat(deletes.path("items"))
        .hasSize(12)
        .allMatch(change -> change.path("action").asString().equals("delete"))
        .allMatch(change -> !change.at("/fields/pattern/before").asString("").isEmpty())
        .allMatch(change -> change.at("/fields/pattern/after").isNull());
    assertThat(rig.viewer().get(path + "&action=create").json().path("items"))
        .hasSize(20)
        .allMatch(change -> change.at("/fields/pattern/after").asString("").startsWith("host"));
    assertThat(rig.viewer().get(path + "&key=HOST299").json().path("items")).hasSize(1);
    assertThat(rig.viewer().get(path + "&resource=domains").json().path("items")).isEmpty();
    assertThat(rig.viewer().get(path + "&action=drop").status()).isEqualTo(400);
  }

  @Test
  void thePlanAndTheRunThatFollowsCountTheSameRequests() {
    rig.sandbox.account().seed("block_senders", 12);
    String upload = rig.upload("rows.csv", ServiceRig.senders(300));
    for (String mode : List.of("upsert", "mirror")) {
      String rehearsal =
          "{\"mode\":\"%s\"%s,\"dry_run\":true}"
              .formatted(mode, mode.equals("mirror") ? ",\"max_deletes\":\"100%\"" : "");
      JsonNode planned = rig.awaitEnd(rig.imported(upload, rehearsal)).path("summary").path("plan");
      JsonNode made =
          rig.awaitEnd(rig.imported(upload, rehearsal.replace("true}", "false}"))).path("summary");

      assertThat(made.path("requests").asLong())
          .describedAs("%s: %s", mode, planned)
          .isEqualTo(planned.path("requests").asLong() + planned.path("read_requests").asLong());
    }
  }

  @Test
  void aRetryOfWhatItMayHelpLeavesOutRowsThatAreWrongInThemselves() {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(25)), "{}");
    JsonNode ended = rig.awaitEnd(job);
    assertThat(ended.at("/counts/failed").asInt()).isEqualTo(1);
    assertThat(ended.at("/summary/failures/0/retryable").asBoolean(true)).isFalse();
    assertThat(ended.path("retryable")).isEmpty();

    Visitor.Reply refused = rig.operator().post("/v1/jobs/" + job + "/retry?retryable=true", "");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("code").asString()).isEqualTo("nothing_to_retry");
    assertThat(rig.operator().post("/v1/jobs/" + job + "/retry", "").status()).isEqualTo(202);
  }

  @Test
  void aJobSaysHowManyRowsARetryMayHelpHoweverManyCausesThereAre() {
    for (int row = 0; row < 24; row++) {
      rig.sandbox.faults().reject("host" + row + ".example", 10021, "no " + row);
    }
    String options = "{\"strategy\":\"rows\",\"max_errors\":\"21\"}";
    // Far more rows than can be on their way when the run stops, however fast they go.
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(1_000)), options);
    JsonNode ended = rig.awaitEnd(job);
    JsonNode retryable = ended.path("retryable");
    assertThat(retryable).describedAs(ended.toString()).hasSize(1);
    assertThat(retryable.get(0).path("resource").asString()).isEqualTo("block-senders");
    long promised = retryable.get(0).path("rows").asLong();
    assertThat(promised).isPositive();

    rig.sandbox.faults().clear();
    Visitor.Reply retry = rig.operator().post("/v1/jobs/" + job + "/retry?retryable=true", "");
    JsonNode again = rig.awaitEnd(retry.json().path("id").asString());
    assertThat(again.at("/summary/rows").asLong()).isEqualTo(promised);
  }

  @Test
  void rowsThatFailedAreImportedAgain() {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String options = "{\"mode\":\"mirror\",\"max_deletes\":\"100\"}";
    String first = rig.imported(rig.upload("rows.csv", ServiceRig.senders(25)), options);
    rig.awaitEnd(first);
    rig.sandbox.faults().clear();

    Visitor.Reply retry = rig.operator().post("/v1/jobs/" + first + "/retry", "");
    assertThat(retry.status()).isEqualTo(202);
    String second = retry.json().path("id").asString();
    assertThat(second).isNotEqualTo(first);
    assertThat(retry.header("Location")).isEqualTo("/v1/jobs/" + second);
    assertThat(retry.json().at("/spec/options/mode").asString()).isEqualTo("upsert");
    JsonNode ended = rig.awaitEnd(second);
    assertThat(ended.path("result").asString()).isEqualTo("1 created");
    assertThat(rig.sandbox.account(ServiceRig.ONE).count("block_senders")).isEqualTo(25);
    Visitor.Reply none = rig.operator().post("/v1/jobs/" + second + "/retry", "");
    assertThat(none.status()).isEqualTo(409);
    assertThat(none.code()).isEqualTo("nothing_failed");
  }

  @Test
  void aJobThatWaitsSaysForWhich() {
    rig.sandbox.faults().everywhere().then(Fault.delay(Duration.ofMillis(30)));
    String rows = "{\"strategy\":\"rows\"}";
    String first = rig.imported(rig.upload("a.csv", ServiceRig.senders(300)), rows);
    rig.await(first, job -> job.path("state").asString().equals("running"));
    String second = rig.imported(rig.upload("b.csv", ServiceRig.senders(5)), rows);

    JsonNode waiting = rig.await(second, job -> !job.path("waits_for").isNull());
    assertThat(waiting.path("waits_for").asString()).isEqualTo(first);
    assertThat(rig.operator().get("/v1/jobs/" + first).json().path("waits_for").isNull()).isTrue();
    rig.awaitEnd(first);
    assertThat(rig.awaitEnd(second).path("waits_for").isNull()).isTrue();
  }

  @Test
  void jobsArePausedResumedAndCancelled() {
    rig.sandbox.close();
    String upload = rig.upload("rows.csv", ServiceRig.senders(50));
    String job = rig.imported(upload, "{}");
    assertThat(rig.operator().post("/v1/jobs/" + job + "/pause", "").status()).isEqualTo(202);
    rig.await(job, now -> now.path("state").asString().equals("paused"));
    Visitor.Reply again = rig.operator().post("/v1/jobs/" + job + "/pause", "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("not_running");
    assertThat(rig.operator().post("/v1/jobs/" + job + "/resume", "").status()).isEqualTo(202);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/cancel", "").status()).isEqualTo(202);
    JsonNode ended = rig.awaitEnd(job);
    assertThat(ended.path("state").asString()).isEqualTo("cancelled");
    assertThat(rig.operator().post("/v1/jobs/" + job + "/cancel", "").code()).isEqualTo("ended");
    assertThat(rig.operator().post("/v1/jobs/nosuch/cancel", "").status()).isEqualTo(404);
  }

  @Test
  void jobsAreListedLatestFirstPageByPage() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, rig.submit("{\"kind\":\"export\",\"profile\":\"one\"}"));
    }
    JsonNode first = rig.viewer().get("/v1/jobs?limit=3&kind=export").json();
    JsonNode second =
        rig.viewer().get("/v1/jobs?limit=3&before=" + first.path("next").asString()).json();
    List<String> listed = new ArrayList<>();
    first.path("items").forEach(job -> listed.add(job.path("id").asString()));
    second.path("items").forEach(job -> listed.add(job.path("id").asString()));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
    assertThat(listed).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(rig.viewer().get("/v1/jobs?account=none").json().path("items")).isEmpty();
    assertThat(rig.viewer().get("/v1/jobs?kind=bread").code()).isEqualTo("bad_parameter");
    made.forEach(rig::awaitEnd);
  }

  @Test
  void aBackupIsListedVerifiedReadComparedAndRestored() {
    rig.sandbox.account(ServiceRig.ONE).seed("block_senders", 20);
    rig.sandbox.account(ServiceRig.ONE).seed("trusted_domains", 20);
    JsonNode export =
        rig.awaitEnd(rig.submit("{\"kind\":\"export\",\"profile\":\"one\",\"gzip\":false}"));
    assertThat(export.path("exit").intValue()).isZero();
    JsonNode snapshot = rig.viewer().get("/v1/snapshots").json().path("items").get(0);
    String id = snapshot.path("id").asString();
    assertThat(id).isEqualTo(export.at("/summary/snapshot").asString()).startsWith(ServiceRig.ONE);
    assertThat(snapshot.path("resources")).hasSize(8);
    assertThat(snapshot.path("verified").isNull()).isTrue();
    assertThat(rig.viewer().get("/v1/snapshots?account=other").json().path("items")).isEmpty();

    Visitor.Reply check = rig.operator().post("/v1/snapshots/" + id + "/verify", "");
    assertThat(check.json().path("sound").booleanValue()).isTrue();
    assertThat(rig.viewer().get("/v1/snapshots/" + id).json().at("/verified/sound").booleanValue())
        .isTrue();
    Visitor.Reply file = rig.viewer().get("/v1/snapshots/" + id + "/files/block-senders.jsonl");
    assertThat(file.text().lines()).hasSize(snapshot.at("/resources/1/rows").intValue());
    assertThat(file.header("Content-Type")).isEqualTo("application/x-ndjson");

    String diff =
        rig.submit(
            "{\"kind\":\"diff\",\"before\":\"profile:two\",\"after\":\""
                + id
                + "\",\"resources\":[\"block-senders\"]}");
    rig.awaitEnd(diff);
    JsonNode changes = rig.viewer().get("/v1/jobs/" + diff + "/changes?limit=7").json();
    assertThat(changes.path("items")).hasSize(7);
    JsonNode more =
        rig.viewer()
            .get("/v1/jobs/" + diff + "/changes?after=" + changes.path("next").asString())
            .json();
    assertThat(more.path("items").get(0)).isNotEqualTo(changes.path("items").get(0));

    String rehearsal =
        rig.submit(
            "{\"kind\":\"restore\",\"profile\":\"two\",\"snapshot\":\""
                + id
                + "\",\"resources\":[\"block-senders\",\"trusted-domains\"],"
                + "\"options\":{\"dry_run\":true}}");
    JsonNode ended = rig.awaitEnd(rehearsal);
    assertThat(ended.path("dry_run").booleanValue()).isTrue();
    JsonNode rows = rig.viewer().get("/v1/jobs/" + rehearsal + "/rows?limit=500").json();
    JsonNode one =
        rig.viewer()
            .get("/v1/jobs/" + rehearsal + "/rows?limit=500&resource=trusted_domains")
            .json();
    assertThat(one.path("items"))
        .isNotEmpty()
        .allMatch(row -> row.path("resource").asString().equals("trusted-domains"));
    assertThat(rows.path("next").asString()).startsWith("trusted-domains.r.");
  }

  @Test
  void aMigrationMakesOneAccountWhatTheOtherIs() {
    rig.sandbox.account(ServiceRig.ONE).seed("block_senders", 12);
    String job =
        rig.submit(
            "{\"kind\":\"migrate\",\"from\":\"one\",\"to\":\"two\","
                + "\"resources\":[\"block-senders\"]}");
    assertThat(rig.awaitEnd(job).path("exit").intValue()).isZero();
    assertThat(rig.sandbox.account(ServiceRig.TWO).count("block_senders"))
        .isEqualTo(rig.sandbox.account(ServiceRig.ONE).count("block_senders"));
  }
}
