package io.sluice.job.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Environment;
import io.sluice.config.NotifyTarget;
import io.sluice.config.UsageException;
import io.sluice.job.Job;
import io.sluice.job.JobListener;
import io.sluice.job.JobPolicy;
import io.sluice.job.JobRig;
import io.sluice.job.TestClock;
import io.sluice.job.WorkerSettings;
import io.sluice.job.approval.ApprovalPolicy;
import io.sluice.job.schedule.BackupDue;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.pipeline.SessionObserver;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event and the metric say the same of backups that are too old, and the event once. */
final class OverdueBackupsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory = Path.of("");

  /** Never ahead of the scheduler's own clock, so that jobs run at once. */
  private final TestClock clock = new TestClock(Duration.ofDays(-300));

  private final Sandbox sandbox = JobRig.sandbox().start();
  private volatile boolean unreadable;
  private List<NotifyTarget> targets =
      List.of(target("ops", Duration.ofHours(26)), target("late", Duration.ofHours(50)));
  private JobRig rig;

  @SuppressWarnings("NullAway.Init") // by start
  OverdueBackupsTest() {}

  /** Nothing listens there: notices wait, which is all that is asked here. */
  private static NotifyTarget target(String name, Duration age) {
    return new NotifyTarget(
        name,
        "http://127.0.0.1:9/",
        "json",
        null,
        Set.of("backup_overdue"),
        false,
        age,
        new Environment(Map.of()));
  }

  @BeforeEach
  void start() throws IOException {
    rig =
        new JobRig(
            directory,
            sandbox,
            DatabaseSettings.embedded(directory.resolve("data")),
            new WorkerSettings(
                "test", 2, Duration.ofMillis(50), HOUR, Duration.ofSeconds(10), Duration.ZERO),
            clock,
            profile -> SessionObserver.NONE,
            new JobPolicy(Duration.ZERO, ApprovalPolicy.NONE, this::configured),
            JobListener.NONE);
    rig.jobs.start();
  }

  @AfterEach
  void stop() {
    rig.close();
    sandbox.close();
  }

  private List<NotifyTarget> configured() {
    if (unreadable) {
      throw new UsageException("the file is being edited", null);
    }
    return targets;
  }

  private Job export(@Nullable String only) {
    Job job = rig.submit(JobRig.export("one", only == null ? null : List.of(only)), "me");
    return rig.awaitEnd(job.id());
  }

  /** How many notices there are of profile {@code one}, after one more look. */
  private long notices(String target) {
    rig.jobs.notices().overdue().watch();
    return rig.jobs.notices().store().latest(null, target, 500).stream()
        .filter(notice -> notice.subject().equals("one"))
        .count();
  }

  /** Since when the metric says that profile {@code one} is overdue; null if it is not. */
  private @Nullable Instant overdueSince() {
    return rig.jobs.notices().overdue().due().stream()
        .filter(due -> due.profile().equals("one"))
        .findFirst()
        .map(BackupDue::overdueSince)
        .orElse(null);
  }

  @Test
  void aProfileThatHasNoBackupIsOverdueFromTheFirstLookOn() {
    Instant begun = clock.instant();
    assertThat(notices("ops")).isEqualTo(1);
    clock.advance(Duration.ofHours(5));
    assertThat(notices("ops")).isEqualTo(1);
    assertThat(notices("late")).isEqualTo(1);

    assertThat(overdueSince()).isBetween(begun.minusSeconds(30), begun.plusSeconds(30));
    String body = rig.jobs.notices().store().latest(null, "ops", 500).get(0).body();
    assertThat(body).contains("the last complete one is none").contains("\"last_backup\":null");
  }

  @Test
  void anOldBackupIsToldOfOnceAndACompleteOneEndsIt() {
    assertThat(export(null).exit()).isZero();
    assertThat(overdueSince()).isNull();
    long before = notices("ops");
    clock.advance(Duration.ofHours(25));
    assertThat(notices("ops")).isEqualTo(before);
    assertThat(overdueSince()).isNull();

    clock.advance(HOUR.multipliedBy(2));

    assertThat(notices("ops")).isEqualTo(before + 1);
    assertThat(overdueSince())
        .isBetween(clock.instant().minus(HOUR.multipliedBy(2)), clock.instant());
    clock.advance(Duration.ofDays(100));
    assertThat(notices("ops")).isEqualTo(before + 1);
    assertThat(export(null).exit()).isZero();
    assertThat(notices("ops")).isEqualTo(before + 1);
    assertThat(overdueSince()).isNull();
    clock.advance(Duration.ofHours(27));
    assertThat(notices("ops")).isEqualTo(before + 2);
  }

  @Test
  void targetsThatAllowMoreHearLaterAndTheMetricGoesByTheLowestAge() {
    export(null);
    long before = notices("late");
    clock.advance(Duration.ofHours(27));

    assertThat(overdueSince()).isNotNull();
    assertThat(notices("late")).isEqualTo(before);
    clock.advance(Duration.ofDays(1));
    assertThat(notices("late")).isEqualTo(before + 1);
  }

  @Test
  void anExportThatIsNotWholeIsNoBackupUntilOneIs() {
    export(null);
    long before = notices("ops");
    clock.advance(Duration.ofHours(27));
    assertThat(notices("ops")).isEqualTo(before + 1);

    assertThat(export("block-senders").exit()).isZero();
    assertThat(overdueSince()).isNotNull();
    sandbox.faults().onList("block_senders").then(Fault.status(403, 10000, "no"));
    assertThat(export(null).exit()).isEqualTo(5);
    assertThat(overdueSince()).isNotNull();
    assertThat(notices("ops")).isEqualTo(before + 1);
    sandbox.faults().clear();
    assertThat(export(null).exit()).isZero();

    assertThat(overdueSince()).isNull();
    assertThat(notices("ops")).isEqualTo(before + 1);
  }

  @Test
  void whatAScheduleExportsOfAProfileIsItsBackup() {
    JobRig.add(
        rig.jobs.schedules(),
        "senders",
        JobRig.export("one", List.of("block-senders")),
        "0 2 * * *",
        "UTC",
        true);
    assertThat(overdueSince()).isNotNull();

    assertThat(export("block-senders").exit()).isZero();

    assertThat(overdueSince()).isNull();
  }

  @Test
  void aRestartAndAFileThatCannotBeReadRepeatNothing() throws IOException {
    export(null);
    clock.advance(Duration.ofHours(27));
    long before = notices("ops");
    Instant since = overdueSince();

    rig.close();
    unreadable = true;
    start();

    assertThat(notices("ops")).isEqualTo(before);
    unreadable = false;
    assertThat(notices("ops")).isEqualTo(before);
    assertThat(overdueSince()).isEqualTo(since);
  }

  @Test
  void withoutSuchATargetTheMetricGoesBySchedules() {
    targets = List.of();
    assertThat(rig.jobs.notices().overdue().due()).isEmpty();
    JobRig.add(
        rig.jobs.schedules(), "nightly", JobRig.export("one", null), "0 2 * * *", "UTC", false);

    assertThat(rig.jobs.notices().overdue().due()).containsExactly(new BackupDue("one", null));
    clock.advance(Duration.ofHours(26));
    assertThat(overdueSince()).isNotNull();
  }
}
