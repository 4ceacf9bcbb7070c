package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.schedule.ScheduleStore;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.JobStore;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service has answered for is in the files of H2, as a process killed just then shows. */
final class AcceptedTest {
  private static final ImportOptions BY_ROWS =
      new ImportOptions(null, "rows", false, null, null, false, null);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().latency(Duration.ofSeconds(2)).start();
  private JobRig rig;

  @BeforeEach
  void open() throws IOException {
    rig = JobRig.embedded(directory, sandbox);
  }

  @AfterEach
  void close() {
    rig.close();
    sandbox.close();
  }

  @Test
  void aJobIsThere() throws IOException {
    Job job = rig.imported(rig.upload("rows.csv", "pattern\na.example\n"), BY_ROWS);
    String found = killedNow(database -> new JobStore(database).required(job.id()).id());
    assertThat(found).isEqualTo(job.id());
  }

  @Test
  void aCancelledJobStaysCancelled() throws IOException {
    String first = rig.imported(rig.upload("a.csv", "pattern\na.example\n"), BY_ROWS).id();
    rig.await(first, job -> job.state() == JobState.RUNNING);
    String second = rig.imported(rig.upload("b.csv", "pattern\nb.example\n"), BY_ROWS).id();
    rig.jobs.lifecycle().pause(second);
    rig.jobs.lifecycle().cancel(second);
    JobState found = killedNow(database -> new JobStore(database).required(second).state());
    assertThat(found).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void aScheduleIsThereAndARemovedOneIsNot() throws IOException {
    JobSpec backup = JobRig.export("one", null);
    Schedule kept = JobRig.add(rig.jobs.schedules(), "kept", backup, "0 2 * * *", "UTC", false);
    Schedule gone = JobRig.add(rig.jobs.schedules(), "gone", backup, "0 2 * * *", "UTC", false);
    rig.jobs.schedules().remove(gone.id());
    List<Schedule> found = killedNow(database -> new ScheduleStore(database).all());
    assertThat(found).extracting(Schedule::id).containsExactly(kept.id());
  }

  /** What the files of this moment say to the process that comes next. */
  private <T> T killedNow(Function<Database, T> question) throws IOException {
    Path copy = directory.resolve("next");
    PrivateFiles.createDirectories(copy);
    Files.copy(directory.resolve("data/jobs.mv.db"), copy.resolve("jobs.mv.db"));
    try (Database next = Database.open(DatabaseSettings.embedded(copy))) {
      return Objects.requireNonNull(question.apply(next));
    }
  }
}
