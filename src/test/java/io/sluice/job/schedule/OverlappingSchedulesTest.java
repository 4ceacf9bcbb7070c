package io.sluice.job.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.Job;
import io.sluice.job.JobRig;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a schedule that are due faster than they are done do not pile up. */
final class OverlappingSchedulesTest {
  private static final JobSpec BACKUP =
      new ExportSpec("one", List.of("domains"), null, false, 7, false, null);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void whatIsDueIsNotMadeWhileAJobOfTheScheduleHasNotBegun() throws IOException {
    try (JobRig rig = JobRig.embedded(directory, sandbox)) {
      Schedules schedules = rig.jobs.schedules();
      Schedule nightly = JobRig.add(schedules, "nightly", BACKUP, "0 2 * * *", "UTC", false);
      Job job = schedules.run(nightly.id(), "somebody", null).orElseThrow().thing();
      rig.awaitEnd(job.id());
      // Nobody begins it again once its task is gone.
      rig.await(() -> tasksOf(rig, job), tasks -> tasks == 0);
      rig.database
          .jdbi()
          .useHandle(
              handle -> handle.execute("update job set state = 'queued', started_at = null"));

      rig.hasten("schedule", nightly.id());
      rig.await(
          () -> schedules.get(nightly.id()).orElseThrow().nextAt(),
          next -> Objects.equals(next, nightly.nextAt()));
      assertThat(rig.jobs.list(JobRig.latest(5))).hasSize(1);

      rig.database.jdbi().useHandle(handle -> handle.execute("update job set state = 'finished'"));
      rig.hasten("schedule", nightly.id());
      assertThat(rig.await(() -> rig.jobs.list(JobRig.latest(5)), jobs -> jobs.size() == 2))
          .allMatch(made -> nightly.id().equals(made.schedule()));
    }
  }

  private static int tasksOf(JobRig rig, Job job) {
    return rig.database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from scheduled_tasks where task_instance = :job")
                    .bind("job", job.id())
                    .mapTo(Integer.class)
                    .one());
  }
}
