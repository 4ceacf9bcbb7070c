package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.JobPolicy;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.ApprovalRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A job whose plan has to be approved waits, and what is carried out is that plan. */
final class ServiceApprovalTest {
  private static final String LIST = "block_senders";
  private static final String MIRROR =
      "{\"mode\":\"mirror\",\"max_deletes\":\"100%\",\"strategy\":\"rows\"}";

  @RegisterExtension
  private final ServiceRig rig = new ServiceRig().demanding(policy(ApprovalRule.DELETES, 0));

  private static JobPolicy policy(ApprovalRule rule, double drift) {
    return new JobPolicy(Duration.ZERO, new ApprovalPolicy(rule, Duration.ofHours(1), drift));
  }

  /** A mirror that deletes seven of ten senders, and waits. */
  private String waiting() {
    rig.awaitEnd(rig.imported(rig.upload("ten.csv", ServiceRig.senders(10)), "{}"));
    String job = rig.imported(rig.upload("three.csv", ServiceRig.senders(3)), MIRROR);
    JsonNode seen = awaiting(job);
    assertThat(seen.at("/approval/decision").asString("")).isEqualTo("waiting");
    assertThat(seen.at("/approval/deletes").asLong(0)).isEqualTo(7);
    assertThat(count()).isEqualTo(10);
    return job;
  }

  private JsonNode awaiting(String job) {
    return rig.await(job, now -> now.path("state").asString("").equals("awaiting_approval"));
  }

  private long count() {
    return rig.sandbox.account(ServiceRig.ONE).count(LIST);
  }

  private Visitor.Reply decide(Visitor by, String job, String what) {
    return by.post("/v1/jobs/" + job + "/" + what, "{\"reason\":\"looked at it\"}");
  }

  @Test
  void somebodyElseApprovesAndThatPlanIsCarriedOut() {
    String job = waiting();
    JsonNode changes = rig.viewer().get("/v1/jobs/" + job + "/changes?action=delete").json();
    assertThat(changes.path("items")).hasSize(7);
    assertThat(decide(rig.operator(), job, "approve").status()).isEqualTo(403);
    assertThat(rig.approver().post("/v1/jobs/" + job + "/approve", "{}").status()).isEqualTo(400);
    assertThat(rig.viewer().get("/v1/jobs?result=awaiting").json().path("items")).hasSize(1);
    assertThat(rig.viewer().get("/v1/jobs?result=ended").text()).doesNotContain(job);

    assertThat(decide(rig.approver(), job, "approve").status()).isEqualTo(202);

    JsonNode ended = rig.awaitEnd(job);
    assertThat(rig.viewer().get("/v1/jobs?result=ended").text()).contains(job);
    assertThat(ended.path("exit").asInt(-1)).isZero();
    assertThat(count()).isEqualTo(3);
    assertThat(ended.at("/approval/decision").asString("")).isEqualTo("approved");
    assertThat(ended.at("/approval/decided_by").asString("")).startsWith("approve-");
    assertThat(ended.at("/approval/reason").asString("")).isEqualTo("looked at it");
    assertThat(ended.path("result").asString("")).contains("7 deleted");
    JsonNode noted = rig.operator().get("/v1/audit?action=job.approve").json();
    assertThat(noted.at("/items/0/plan_sha256").asString(""))
        .isEqualTo(ended.at("/approval/plan_sha256").asString("none"));
    assertThat(noted.at("/items/0/detail").asString("")).isEqualTo("202: looked at it");
    assertThat(decide(rig.approver(), job, "approve").code()).isEqualTo("not_waiting");
  }

  @Test
  void nobodyDecidesOnTheirOwn() {
    rig.awaitEnd(rig.imported(rig.upload("ten.csv", ServiceRig.senders(10)), "{}"));
    String upload = rig.upload("three.csv", ServiceRig.senders(3));
    String job =
        rig.approver()
            .post(
                "/v1/jobs",
                "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\""
                    + upload
                    + "\",\"options\":"
                    + MIRROR
                    + "}")
            .json()
            .path("id")
            .asString("");
    awaiting(job);

    assertThat(decide(rig.approver(), job, "approve").code()).isEqualTo("own_job");
    assertThat(decide(rig.approver(), job, "reject").code()).isEqualTo("own_job");
    assertThat(
            rig.operator()
                .post("/v1/keys", "{\"name\":\"second self\",\"role\":\"approver\"}")
                .status())
        .isEqualTo(403);
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void aRejectedPlanIsNotCarriedOut() {
    String job = waiting();

    assertThat(decide(rig.approver(), job, "reject").status()).isEqualTo(202);

    JsonNode ended = rig.awaitEnd(job);
    assertThat(ended.path("exit").asInt(-1)).isEqualTo(4);
    assertThat(ended.at("/summary/error/message").asString("")).contains("looked at it");
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void aPlanThatWaitsTooLongIsNotCarriedOut() {
    String job = waiting();
    rig.clock.advance(Duration.ofHours(2));

    assertThat(decide(rig.approver(), job, "approve").code()).isEqualTo("approval_expired");

    assertThat(rig.awaitEnd(job).at("/approval/decision").asString("")).isEqualTo("expired");
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void whatDeletesNothingGoesOnByItself() {
    String upload = rig.upload("three.csv", ServiceRig.senders(3));
    JsonNode upsert = rig.awaitEnd(rig.imported(upload, "{}"));
    JsonNode mirror = rig.awaitEnd(rig.imported(upload, MIRROR));

    assertThat(upsert.path("approval").isNull()).isTrue();
    assertThat(mirror.path("exit").asInt(-1)).isZero();
    assertThat(mirror.path("approval").isNull()).isTrue();
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void aPlanWhoseAccountHasMovedIsMadeAgainAndWaitsAgain() {
    String job = waiting();
    String before = awaiting(job).at("/approval/plan_sha256").asString("");
    rig.awaitEnd(
        rig.imported(
            rig.upload("other.csv", "pattern,pattern_type,comments\nhost9.example,DOMAIN,kept\n"),
            "{}"));

    decide(rig.approver(), job, "approve");

    JsonNode again =
        rig.await(
            job,
            now ->
                now.path("state").asString("").equals("awaiting_approval")
                    && !now.at("/approval/plan_sha256").asString("").equals(before));
    assertThat(again.at("/approval/decision").asString("")).isEqualTo("waiting");
    assertThat(count()).isEqualTo(10);
    String body = "{\"reason\":\"seen\",\"plan_sha256\":\"" + before + "\"}";
    assertThat(rig.approver().post("/v1/jobs/" + job + "/approve", body).code())
        .isEqualTo("other_plan");
    decide(rig.approver(), job, "approve");
    assertThat(rig.awaitEnd(job).path("exit").asInt(-1)).isZero();
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void itWaitsOverARestartAndAnAlteredPlanIsNotCarriedOut() throws IOException {
    String job = waiting();
    rig.restart(Duration.ofSeconds(30));
    assertThat(awaiting(job).at("/approval/deletes").asLong(0)).isEqualTo(7);
    Path plan = rig.files.job(job).resolve("plan.jsonl");
    String text = Files.readString(plan);
    Files.writeString(plan, text.replace("host4", "host5"));

    decide(rig.approver(), job, "approve");

    JsonNode ended = rig.awaitEnd(job);
    assertThat(ended.path("exit").asInt(-1)).isEqualTo(2);
    assertThat(ended.at("/summary/error/message").asString("")).contains("not as it was written");
    assertThat(count()).isEqualTo(10);
  }
}
