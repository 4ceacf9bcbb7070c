package io.sluice.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.job.DueTasks;
import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobRig;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are made when they are due. */
final class SchedulesTest {
  private static final JobSpec BACKUP =
      new ExportSpec("one", List.of("domains"), null, false, 7, false, null);

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
          JobRig.add(schedules, "nightly", BACKUP, "0 2 * * *", "Europe/Berlin", false);
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
          schedules.replace(id, "weekly", BACKUP, "0 2 * * 0", "UTC", true, "me").orElseThrow();
      assertThat(paused.nextAt()).isNull();
      assertThat(schedules.replace(id, "weekly", BACKUP, "0 2 * * 0", "UTC", false, "me"))
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
      Schedule nightly = JobRig.add(schedules, "nightly", BACKUP, "0 2 * * *", "UTC", false);
      rig.hasten("schedule", nightly.id());

      Job made = rig.await(() -> rig.jobs.list(JobRig.latest(5)), jobs -> !jobs.isEmpty()).get(0);
      assertThat(made.schedule()).isEqualTo(nightly.id());
      assertThat(made.madeBy()).isEqualTo("schedule nightly");
      assertThat(rig.awaitEnd(made.id()).exit()).isZero();
      Schedule after =
          rig.await(
              () -> schedules.get(nightly.id()).orElseThrow(),
              now -> nightly.nextAt() != null && nightly.nextAt().equals(now.nextAt()));
      assertThat(after.lastJob()).isEqualTo(made.id());
      assertThat(rig.jobs.list(JobRig.latest(5))).hasSize(1);
    }
  }

  @Test
  void whoeverLikesRunsItNow() throws IOException {
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly = JobRig.add(schedules, "nightly", BACKUP, "0 2 * * *", "UTC", true);
      Job job = schedules.run(nightly.id(), "somebody", null).orElseThrow().thing();

      assertThat(rig.awaitEnd(job.id()).exit()).isZero();
      assertThat(job.madeBy()).isEqualTo("somebody");
      assertThat(schedules.run("nothing", "somebody", null)).isEmpty();
    }
  }

  @Test
  void aScheduleRunsHoweverLongItsNameIs() throws IOException {
    String longest = "\uD83D\uDCBE".repeat(60);
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly =
          JobRig.add(schedules, " " + longest + " ", BACKUP, "0 2 * * *", "UTC", false);
      assertThat(nightly.name()).isEqualTo(longest);
      rig.hasten("schedule", nightly.id());

      assertThat(made(rig, 1).get(0).madeBy()).isEqualTo("schedule " + longest);
      rig.await(() -> get(rig, nightly).nextAt(), next -> Objects.equals(next, nightly.nextAt()));

      // As it was let through before.
      String older = "n".repeat(100);
      rig.database
          .jdbi()
          .useHandle(handle -> handle.execute("update schedule set name = ?", older));
      rig.hasten("schedule", nightly.id());
      assertThat(made(rig, 2).get(0).madeBy()).isEqualTo("schedule " + older);
      assertThat(schedules.replace(nightly.id(), older, BACKUP, "0 2 * * *", "UTC", true, "me"))
          .hasValueSatisfying(paused -> assertThat(paused.name()).isEqualTo(older));
    }
  }

  @Test
  void whatAScheduleTakesItsJobsTake() throws IOException {
    String profile = "p".repeat(200);
    Path profiles = directory.resolve("profiles.yaml");
    try (JobRig rig = rig()) {
      Files.writeString(
          profiles, Files.readString(profiles).replace("  one:", "  ? " + profile + "\n  :"));
      JobSpec often = JobRig.export(profile, Collections.nCopies(100, "domains"));
      Schedule nightly =
          JobRig.add(rig.jobs.schedules(), "nightly", often, "0 2 * * *", "UTC", false);
      rig.hasten("schedule", nightly.id());

      Job job = rig.awaitEnd(made(rig, 1).get(0).id());
      assertThat(job.profile()).isEqualTo(profile);
      assertThat(job.resources()).containsExactly("domains");
      assertThat(job.exit()).isZero();
    }
  }

  @Test
  void whatIsNoNameIsRefused() throws IOException {
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      for (String name : List.of("", "  ", "n".repeat(61), "a\nb", "a\u200bb")) {
        assertThatThrownBy(() -> JobRig.add(schedules, name, BACKUP, "0 2 * * *", "UTC", false))
            .describedAs(name)
            .isInstanceOf(UsageException.class)
            .hasMessageContaining("name");
      }
      assertThatThrownBy(() -> JobRig.add(schedules, "a", BACKUP, "0 0 30 2 *", "UTC", false))
          .hasMessageContaining("never come");
      assertThat(schedules.all()).isEmpty();
    }
  }

  @Test
  void aJobThatCannotBeMadeIsNotedWithItsScheduleUntilOneCan() throws IOException {
    Path profiles = directory.resolve("profiles.yaml");
    try (JobRig rig = rig()) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly = JobRig.add(schedules, "nightly", BACKUP, "0 2 * * *", "UTC", false);
      String before = Files.readString(profiles);
      Files.writeString(profiles, before.replace("  one:", "  other:"));
      rig.hasten("schedule", nightly.id());

      Schedule failed = rig.await(() -> get(rig, nightly), now -> now.failure() != null);
      assertThat(Objects.requireNonNull(failed.failure()).reason())
          .contains("there is no profile 'one'");
      assertThat(failed.failure().at()).isBetween(nightly.madeAt(), Instant.now());
      assertThat(schedules.failing()).containsExactly(Map.entry(JobKind.EXPORT, 1L));
      rig.await(() -> get(rig, nightly).nextAt(), next -> Objects.equals(next, nightly.nextAt()));
      assertThat(rig.jobs.list(JobRig.latest(5))).isEmpty();

      Files.writeString(profiles, before);
      rig.hasten("schedule", nightly.id());
      made(rig, 1);
      assertThat(get(rig, nightly).failure()).isNull();
      assertThat(schedules.failing()).isEmpty();
    }
  }

  @Test
  void whatMayPassIsTriedAgainSoon() throws IOException {
    try (JobRig rig = rig()) {
      Schedule nightly =
          JobRig.add(rig.jobs.schedules(), "nightly", BACKUP, "0 2 * * *", "UTC", false);
      sql(rig, "alter table job alter column dry_run rename to gone");
      rig.hasten("schedule", nightly.id());

      rig.await(() -> get(rig, nightly), now -> now.failure() != null);
      Instant soon = Instant.now().plusSeconds(61);
      rig.await(
          () -> get(rig, nightly).nextAt(),
          next -> next != null && next.isAfter(Instant.now()) && next.isBefore(soon));
      sql(rig, "alter table job alter column gone rename to dry_run");
      rig.hasten("schedule", nightly.id());
      made(rig, 1);
    }
  }

  @Test
  void whatFellDueWhileNoProcessRanIsMadeOnce() throws IOException {
    try (JobRig rig = rig()) {
      Schedule hourly = JobRig.add(rig.jobs.schedules(), "h", BACKUP, "0 * * * *", "UTC", false);
      DueTasks.dueAt(
          rig.database, "schedule", hourly.id(), Instant.now().minusSeconds(10 * 86_400));

      made(rig, 1);
      rig.await(
          () -> get(rig, hourly).nextAt(), next -> next != null && next.isAfter(Instant.now()));
      assertThat(rig.jobs.list(JobRig.latest(5))).hasSize(1);
    }
  }

  @Test
  void aTimeIsDueOnceAlsoIfItsProcessIsKilledInTheMiddle() throws IOException {
    try (JobRig rig = rig()) {
      Schedule nightly =
          JobRig.add(rig.jobs.schedules(), "nightly", BACKUP, "0 2 * * *", "UTC", false);
      Instant due = Instant.now().minusSeconds(90);
      for (int i = 0; i < 2; i++) {
        DueTasks.dueAt(rig.database, "schedule", nightly.id(), due);
        made(rig, 1);
        rig.await(
            () -> get(rig, nightly).nextAt(), next -> next != null && next.isAfter(Instant.now()));
      }
      assertThat(rig.jobs.list(JobRig.latest(5))).hasSize(1);
    }
  }

  @Test
  void aScheduleThatAKilledProcessHasNotPlannedIsPlannedAtTheStart() throws IOException {
    Schedule nightly;
    try (JobRig rig = rig()) {
      nightly = JobRig.add(rig.jobs.schedules(), "nightly", BACKUP, "0 2 * * *", "UTC", false);
      sql(rig, "delete from scheduled_tasks where task_name = 'schedule'");
      assertThat(get(rig, nightly).nextAt()).isNull();
    }
    try (JobRig rig = rig()) {
      assertThat(get(rig, nightly).nextAt()).isEqualTo(nightly.nextAt());
    }
  }

  @Test
  void whatAClockThatWasAheadHasPutOffIsPlannedAgain() throws IOException {
    Schedule nightly;
    Instant ahead = Instant.now().plusSeconds(400L * 86_400);
    try (JobRig rig = rig()) {
      nightly = JobRig.add(rig.jobs.schedules(), "nightly", BACKUP, "0 2 * * *", "UTC", false);
      DueTasks.dueAt(rig.database, "schedule", nightly.id(), ahead);
      rig.jobs.schedules().recall();
      assertThat(get(rig, nightly).nextAt()).isEqualTo(nightly.nextAt());

      DueTasks.dueAt(rig.database, "schedule", nightly.id(), ahead);
      sql(
          rig,
          "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
              + " version) values ('other', 'late', timestamp '2099-01-01 00:00:00', false, 1)");
    }
    try (JobRig rig = rig()) {
      rig.await(() -> get(rig, nightly).nextAt(), next -> Objects.equals(next, nightly.nextAt()));
      rig.await(
          () ->
              rig.database
                  .jdbi()
                  .withHandle(
                      handle ->
                          handle
                              .createQuery(
                                  "select count(*) from scheduled_tasks where task_name = 'other'"
                                      + " and execution_time > timestamp '2098-01-01 00:00:00'")
                              .mapTo(Long.class)
                              .one()),
          late -> late == 0);
    }
  }

  private static Schedule get(JobRig rig, Schedule schedule) {
    return rig.jobs.schedules().get(schedule.id()).orElseThrow();
  }

  /** The jobs, latest first, once there are so many. */
  private static List<Job> made(JobRig rig, int count) {
    return rig.await(() -> rig.jobs.list(JobRig.latest(9)), jobs -> jobs.size() >= count);
  }

  private static void sql(JobRig rig, String statement) {
    rig.database.jdbi().useHandle(handle -> handle.execute(statement));
  }

  private JobRig rig() throws IOException {
    return JobRig.embedded(directory, sandbox);
  }
}
