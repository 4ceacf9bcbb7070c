package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.JobPolicy;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.ApprovalRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Of the plans that a schedule makes, only the newest waits for an approval. */
final class ServiceScheduleApprovalTest {
  private static final String LIST = "block_senders";

  @RegisterExtension
  private final ServiceRig rig =
      new ServiceRig()
          .demanding(
              new JobPolicy(
                  Duration.ZERO, new ApprovalPolicy(ApprovalRule.DELETES, Duration.ofHours(1), 0)));

  @Test
  void aNewerPlanOfItsScheduleEndsOneThatWaits() {
    rig.sandbox.account(ServiceRig.ONE).seed(LIST, 10);
    String schedule = schedule();
    String old = run(schedule);
    String newer = run(schedule);

    Visitor.Reply late = decide(old);

    assertThat(late.code()).isEqualTo("approval_expired");
    assertThat(late.text()).contains(newer);
    JsonNode ended = rig.awaitEnd(old);
    assertThat(ended.at("/approval/decision").asString("")).isEqualTo("expired");
    assertThat(ended.at("/summary/error/message").asString(""))
        .isEqualTo("job " + newer + " of the same schedule has made a newer plan");
    assertThat(rig.sandbox.account(ServiceRig.ONE).count(LIST)).isEqualTo(10);
    assertThat(decide(newer).status()).isEqualTo(202);
    assertThat(rig.awaitEnd(newer).path("exit").asInt(-1)).isZero();
    assertThat(rig.sandbox.account(ServiceRig.ONE).count(LIST)).isEqualTo(3);
  }

  private String schedule() {
    String upload = rig.upload("three.csv", ServiceRig.senders(3));
    return rig.operator()
        .post(
            "/v1/schedules",
            "{\"name\":\"nightly\",\"cron\":\"0 3 * * *\",\"zone\":\"UTC\",\"job\":"
                + "{\"kind\":\"import\",\"profile\":\"one\",\"resource\":\"block-senders\","
                + "\"upload\":\""
                + upload
                + "\",\"options\":{\"mode\":\"mirror\",\"max_deletes\":\"100%\"}}}")
        .json()
        .path("id")
        .asString("");
  }

  private String run(String schedule) {
    String job =
        rig.operator()
            .post("/v1/schedules/" + schedule + "/run", "")
            .json()
            .path("id")
            .asString("");
    rig.await(job, now -> now.path("state").asString("").equals("awaiting_approval"));
    return job;
  }

  private Visitor.Reply decide(String job) {
    return rig.approver().post("/v1/jobs/" + job + "/approve", "{\"reason\":\"looked at it\"}");
  }
}
