package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.approval.Approval.Decision;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.approval.ApprovalRule;
import io.sluice.job.approval.Approvals;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.pipeline.SessionObserver;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.Sandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that one process made is approved and carried out at another. */
@Tag("slow")
final class SharedApprovalTest {
  @TempDir private Path directory = Path.of("");

  private JobRig rig(EmbeddedPostgres postgres, Sandbox sandbox, String name) throws IOException {
    DatabaseSettings settings =
        new DatabaseSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres")
            .withTakeOver(JobRig.TAKE_OVER);
    WorkerSettings worker =
        new WorkerSettings(
            name,
            4,
            Duration.ofMillis(100),
            JobRig.TAKE_OVER,
            Duration.ofSeconds(10),
            Duration.ofDays(90));
    JobPolicy policy =
        new JobPolicy(Duration.ZERO, new ApprovalPolicy(ApprovalRule.ALL, Duration.ofHours(1), 0));
    JobRig rig =
        new JobRig(
            directory,
            sandbox,
            settings,
            worker,
            Clock.systemUTC(),
            profile -> SessionObserver.NONE,
            policy,
            JobListener.NONE);
    rig.jobs.start();
    return rig;
  }

  /** As somebody does whose plan was made again between the look and the decision. */
  private static boolean decidesOnAnotherPlan(JobRig rig, String id) {
    return rig.database
        .jdbi()
        .inTransaction(
            handle ->
                Approvals.decide(
                    handle, id, "0", Decision.APPROVED, "somebody else", "", Instant.now()));
  }

  @Test
  void theOtherProcessCarriesOutThePlan() throws IOException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        Sandbox sandbox = JobRig.sandbox().start()) {
      String id;
      try (JobRig first = rig(postgres, sandbox, "first")) {
        String upload = first.upload("rows.csv", "pattern,pattern_type\nevil.example,DOMAIN\n");
        Job job = first.imported("one", upload, ImportOptions.DEFAULT);
        id = job.id();
        first.await(id, now -> now.state() == JobState.AWAITING_APPROVAL);
      }
      try (JobRig second = rig(postgres, sandbox, "second")) {
        assertThat(decidesOnAnotherPlan(second, id)).isFalse();
        second.jobs.decisions().approve(id, "somebody else", "seen", null);

        Job ended = second.awaitEnd(id);

        assertThat(ended.exit()).isZero();
        assertThat(sandbox.account("00000000000000000000000000000001").count("block_senders"))
            .isEqualTo(1);
        AuditTrail trail = new AuditTrail(second.database, Clock.systemUTC());
        assertThat(trail.latest(null, null, "job.await", id, 2)).hasSize(1);
        assertThat(trail.check().faults()).isEmpty();
      }
    }
  }
}
