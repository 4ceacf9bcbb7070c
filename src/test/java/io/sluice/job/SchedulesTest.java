package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that are made when they are due. */
final class SchedulesTest {
  private static final JobSpec BACKUP =
      new JobSpec.Export("one", List.of("domains"), null, false, 7);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aScheduleIsKeptChangedPausedAndRemoved() throws IOException {
    String id;
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly =
          schedules.add("nightly", BACKUP, "0 2 * * *", "Europe/Berlin", false, "me");
      id = nightly.id();
      Instant next = java.util.Objects.requireNonNull(nightly.nextAt());
      assertThat(next).isAfter(Instant.now());
      assertThat(next.atZone(ZoneId.of("Europe/Berlin")).getHour()).isEqualTo(2);
    }
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      assertThat(schedules.all()).extracting(Schedule::name).containsExactly("nightly");
      assertThat(schedules.get(id).orElseThrow().job()).isEqualTo(BACKUP);

      Schedule paused =
          schedules.replace(id, "weekly", BACKUP, "0 2 * * 0", "UTC", true).orElseThrow();
      assertThat(paused.nextAt()).isNull();
      assertThat(schedules.replace(id, "weekly", BACKUP, "0 2 * * 0", "UTC", false))
          .hasValueSatisfying(again -> assertThat(again.nextAt()).isNotNull());

      assertThat(schedules.remove(id)).isTrue();
      assertThat(schedules.remove(id)).isFalse();
      assertThat(schedules.all()).isEmpty();
    }
  }

  @Test
  void whatIsDueIsMadeOnceAndPlannedAgain() throws IOException {
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly = schedules.add("nightly", BACKUP, "0 2 * * *", "UTC", false, "me");
      rig.hasten("schedule", nightly.id());

      Job made =
          rig.await(() -> rig.jobs.list(JobFilter.latest(5)), jobs -> !jobs.isEmpty()).get(0);
      assertThat(made.schedule()).isEqualTo(nightly.id());
      assertThat(made.madeBy()).isEqualTo("schedule nightly");
      assertThat(rig.awaitEnd(made.id()).exit()).isZero();
      Schedule after =
          rig.await(
              () -> schedules.get(nightly.id()).orElseThrow(),
              now -> nightly.nextAt() != null && nightly.nextAt().equals(now.nextAt()));
      assertThat(after.lastJob()).isEqualTo(made.id());
      assertThat(rig.jobs.list(JobFilter.latest(5))).hasSize(1);
    }
  }

  @Test
  void whoeverLikesRunsItNow() throws IOException {
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly = schedules.add("nightly", BACKUP, "0 2 * * *", "UTC", true, "me");
      Job job = schedules.run(nightly.id(), "somebody").orElseThrow();

      assertThat(rig.awaitEnd(job.id()).exit()).isZero();
      assertThat(job.madeBy()).isEqualTo("somebody");
      assertThat(schedules.run("nothing", "somebody")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 2 * *|UTC", "61 2 * * *|UTC", "nightly|UTC", "0 2 * * *|Mars/Olympus", "|UTC"})
  void timesThatMeanNothingAreRefused(String cron, String zone) {
    String expression = cron == null ? "" : cron;
    assertThatThrownBy(() -> Times.of(expression, zone)).isInstanceOf(UsageException.class);
  }

  private JobRig rig() throws IOException {
    return JobRig.embedded(directory, sandbox);
  }
}
