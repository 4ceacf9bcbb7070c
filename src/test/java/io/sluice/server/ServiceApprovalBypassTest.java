package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.UsageException;
import io.sluice.job.JobPolicy;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.ApprovalRule;
import io.sluice.job.keys.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** No way round an approval, and none to decide on one's own plan. */
final class ServiceApprovalBypassTest {
  private static final String LIST = "block_senders";
  private static final String MIRROR =
      "{\"mode\":\"mirror\",\"max_deletes\":\"100%\",\"strategy\":\"rows\"}";
  private static final String REASON = "{\"reason\":\"looked at it\"}";

  /** A tenth of a plan's changes may have moved. */
  @RegisterExtension
  private final ServiceRig rig =
      new ServiceRig()
          .demanding(
              new JobPolicy(
                  Duration.ZERO,
                  new ApprovalPolicy(ApprovalRule.DELETES, Duration.ofHours(1), 0.1)));

  private Visitor key(String name, Role role) {
    String key = rig.keys.make(name, role, Instant.now());
    return new Visitor(rig.service.port()).with("Authorization", "Bearer " + key);
  }

  private long count() {
    return rig.sandbox.account(ServiceRig.ONE).count(LIST);
  }

  private static String importing(String upload, String options) {
    return "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\",\"upload\":\""
        + upload
        + "\",\"options\":"
        + options
        + "}";
  }

  private static String schedule(String name, String job) {
    return "{\"name\":\""
        + name
        + "\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job\":"
        + job
        + "}";
  }

  /** A mirror that deletes all but three of so many senders, and waits. */
  private String waiting(int senders) {
    fill(senders);
    String job = rig.imported(rig.upload("three.csv", ServiceRig.senders(3)), MIRROR);
    awaiting(job);
    return job;
  }

  private void fill(int senders) {
    rig.awaitEnd(rig.imported(rig.upload("all.csv", ServiceRig.senders(senders)), "{}"));
  }

  private JsonNode awaiting(String job) {
    return rig.await(job, now -> now.path("state").asString("").equals("awaiting_approval"));
  }

  private static Visitor.Reply decide(Visitor by, String job, String what) {
    return by.post("/v1/jobs/" + job + "/" + what, REASON);
  }

  /** What the two answer that are asked at the same time. */
  private static List<Integer> together(Callable<Visitor.Reply> one, Callable<Visitor.Reply> other)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Visitor.Reply>> both = threads.invokeAll(List.of(one, other));
      return List.of(both.get(0).get().status(), both.get(1).get().status());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void ofTwoDecisionsAtTheSameTimeOneCounts() throws Exception {
    Visitor anna = key("anna", Role.APPROVER);
    Visitor erin = key("erin", Role.APPROVER);
    String twice = waiting(6);

    assertThat(together(() -> decide(anna, twice, "approve"), () -> decide(erin, twice, "approve")))
        .containsExactlyInAnyOrder(202, 409);

    assertThat(rig.awaitEnd(twice).path("exit").asInt(-1)).isZero();
    assertThat(count()).isEqualTo(3);
    String split = waiting(6);
    List<Integer> answers =
        together(() -> decide(anna, split, "approve"), () -> decide(erin, split, "reject"));
    assertThat(answers).containsExactlyInAnyOrder(202, 409);
    JsonNode ended = rig.awaitEnd(split);
    boolean approved = answers.get(0) == 202;
    assertThat(ended.at("/approval/decision").asString(""))
        .isEqualTo(approved ? "approved" : "rejected");
    assertThat(count()).isEqualTo(approved ? 3 : 6);
  }

  @Test
  void whoWroteAScheduleDoesNotDecideOnItsJobs() {
    fill(6);
    Visitor anna = key("anna", Role.APPROVER);
    Visitor erin = key("erin", Role.APPROVER);
    String upload = rig.upload("three.csv", ServiceRig.senders(3));
    String body = schedule("nightly", importing(upload, MIRROR));
    String id = anna.post("/v1/schedules", body).json().path("id").asString("");

    rig.hasten(id);

    String job = lastJob(id);
    assertThat(awaiting(job).path("made_by").asString("")).isEqualTo("schedule nightly");
    assertThat(awaiting(job).at("/approval/authors/0").asString("")).isEqualTo("anna");
    assertThat(decide(anna, job, "approve").code()).isEqualTo("own_job");
    assertThat(anna.delete("/v1/schedules/" + id).status()).isEqualTo(204);
    assertThat(decide(anna, job, "approve").code()).isEqualTo("own_job");
    assertThat(decide(erin, job, "approve").status()).isEqualTo(202);
    rig.awaitEnd(job);
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void neitherDoesWhoChangedItNorWhoRanIt() {
    fill(6);
    Visitor anna = key("anna", Role.APPROVER);
    Visitor erin = key("erin", Role.APPROVER);
    String harmless = importing(rig.upload("all.csv", ServiceRig.senders(6)), MIRROR);
    String id =
        rig.operator()
            .post("/v1/schedules", schedule("nightly", harmless))
            .json()
            .path("id")
            .asString("");
    String other = importing(rig.upload("three.csv", ServiceRig.senders(3)), MIRROR);
    assertThat(anna.put("/v1/schedules/" + id, schedule("nightly", other)).status()).isEqualTo(200);

    String job = erin.post("/v1/schedules/" + id + "/run", "").json().path("id").asString("");
    awaiting(job);

    assertThat(decide(anna, job, "approve").code()).isEqualTo("own_job");
    assertThat(decide(erin, job, "approve").code()).isEqualTo("own_job");
    assertThat(decide(rig.approver(), job, "reject").status()).isEqualTo(202);
    assertThat(count()).isEqualTo(6);
  }

  private String lastJob(String schedule) {
    return io.sluice.Eventually.is(
        () -> rig.viewer().get("/v1/schedules/" + schedule).json().at("/last_job/id").asString(""),
        id -> !id.isEmpty());
  }

  @Test
  void cancelAndResumeLeadBackToTheApproval() {
    String job = waiting(6);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/pause", "").status()).isEqualTo(409);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/resume", "").status()).isEqualTo(409);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/retry", "").status()).isEqualTo(409);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/cancel", "").status()).isLessThan(300);
    assertThat(decide(rig.approver(), job, "approve").code()).isEqualTo("not_waiting");

    assertThat(rig.operator().post("/v1/jobs/" + job + "/resume", "").status()).isLessThan(300);

    assertThat(awaiting(job).at("/approval/decision").asString("")).isEqualTo("waiting");
    assertThat(count()).isEqualTo(6);
    assertThat(decide(rig.approver(), job, "reject").status()).isEqualTo(202);
    rig.awaitEnd(job);
    assertThat(rig.operator().post("/v1/jobs/" + job + "/resume", "").status()).isEqualTo(409);
    assertThat(count()).isEqualTo(6);
  }

  @Test
  void anUndoThatDeletesWaitsToo() {
    fill(6);
    String job =
        rig.imported(
            rig.upload("three.csv", ServiceRig.senders(3)),
            "{\"mode\":\"delete\",\"max_deletes\":\"100%\"}");

    assertThat(awaiting(job).at("/approval/deletes").asLong(0)).isEqualTo(3);
    assertThat(count()).isEqualTo(6);
  }

  @Test
  void aTenthMayMoveAndMoreLeadsBack() {
    String within = waiting(23);
    change(5, 6);
    decide(rig.approver(), within, "approve");
    JsonNode ended = rig.awaitEnd(within);
    assertThat(ended.path("exit").asInt(-1)).isEqualTo(3);
    assertThat(count()).isEqualTo(5);

    String beyond = waiting(23);
    change(7, 8, 9);
    String plan = awaiting(beyond).at("/approval/plan_sha256").asString("");
    decide(rig.approver(), beyond, "approve");
    rig.await(
        beyond,
        now ->
            now.path("state").asString("").equals("awaiting_approval")
                && !now.at("/approval/plan_sha256").asString("").equals(plan));
    assertThat(count()).isEqualTo(23);
  }

  /** Has others change these senders. */
  private void change(int... hosts) {
    StringBuilder rows = new StringBuilder("pattern,pattern_type,comments\n");
    for (int host : hosts) {
      rows.append("host").append(host).append(".example,DOMAIN,changed ").append(host).append("\n");
    }
    rig.awaitEnd(rig.imported(rig.upload("other.csv", rows.toString()), "{}"));
  }

  @Test
  void aKeyThatIsRemovedDecidesNothingAndItsNameStaysTheRequesters() {
    fill(6);
    Visitor anna = key("anna", Role.APPROVER);
    String upload = rig.upload("three.csv", ServiceRig.senders(3));
    String job = anna.post("/v1/jobs", importing(upload, MIRROR)).json().path("id").asString("");
    awaiting(job);
    assertThat(rig.keys.remove("anna")).isTrue();

    assertThat(decide(anna, job, "approve").status()).isEqualTo(401);
    assertThat(decide(key("anna", Role.APPROVER), job, "approve").code()).isEqualTo("own_job");
    assertThat(decide(rig.approver(), job, "approve").status()).isEqualTo(202);
    rig.awaitEnd(job);
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void noKeyIsNamedLikeAPartOfTheService() {
    for (String name : List.of("sluice", "Local", "nobody", "anonymous", "schedule nightly")) {
      Assertions.assertThatThrownBy(() -> rig.keys.make(name, Role.VIEWER, Instant.now()))
          .describedAs(name)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("part of the service");
    }
  }
}
