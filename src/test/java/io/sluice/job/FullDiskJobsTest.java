package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.SmallDisk;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.spec.ExportSpec;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the data directory is full for a while, with the database on it. */
@Tag("slow")
final class FullDiskJobsTest {
  private static final String LIST = "block_senders";
  private static final ImportOptions BY_ROWS =
      new ImportOptions(null, "rows", false, null, null, false, null);
  private static final int ROWS = 2_000;

  @TempDir private Path directory = Path.of("");

  @Test
  void onceThereIsRoomTheDatabaseOpensAndJobsAndSchedulesGoOn() throws Exception {
    assumeTrue(SmallDisk.isPossible(), "mounting a tmpfs needs root on Linux");
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("small"), 24);
        Sandbox sandbox = JobRig.sandbox().latency(Duration.ofMillis(20)).start();
        JobRig rig = JobRig.embedded(disk.path(), sandbox)) {
      SandboxAccount account = sandbox.account("00000000000000000000000000000001");
      Schedule nightly =
          JobRig.add(
              rig.jobs.schedules(),
              "nightly",
              new ExportSpec("two", null, null, false, null, false, null),
              "0 2 * * *",
              "UTC",
              false);
      String id = rig.imported(rig.upload("rows.csv", senders()), BY_ROWS).id();
      rig.await(id, now -> account.count(LIST) > 300);

      assertThat(rig.await(() -> awayOnceFull(rig, disk), Optional::isPresent)).isPresent();
      assertThat(rig.database.answers()).isFalse();
      disk.clear();

      Job ended = rig.awaitEnd(id);
      assertThat(rig.database.answers()).isTrue();
      if (!Objects.equals(ended.exit(), 0)) {
        assertThat(ended.exit()).describedAs("%s", ended).isEqualTo(1);
        assertThat(ended.summary()).contains("disk_full");
        assertThat(rig.jobs.lifecycle().canResume(ended)).isTrue();
        rig.jobs.lifecycle().resume(id);
        ended = rig.await(id, job -> job.state().ended() && Objects.equals(job.exit(), 0));
      }
      assertThat(ended.exit()).describedAs("%s", ended).isZero();
      assertThat(account.creations(LIST).values()).hasSize(ROWS).containsOnly(1);

      rig.hasten("schedule", nightly.id());
      String made =
          Objects.requireNonNull(
              rig.await(
                      () -> rig.jobs.schedules().get(nightly.id()).orElseThrow(),
                      schedule -> schedule.lastJob() != null)
                  .lastJob());
      assertThat(rig.awaitEnd(made).exit()).isZero();
    }
  }

  /** A job that ends frees its scratch files: the disk is filled again. */
  private static Optional<Duration> awayOnceFull(JobRig rig, SmallDisk disk) {
    try {
      disk.fill();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    return rig.database.away();
  }

  @Test
  void aJobThatThisMachineEndedGoesOnWhenItIsResumed() throws Exception {
    try (Sandbox sandbox = JobRig.sandbox().start();
        JobRig rig = JobRig.embedded(directory, sandbox)) {
      Path jobs = Files.createFile(rig.files.root().resolve("jobs"));
      Job ended = rig.awaitEnd(rig.imported(rig.upload("rows.csv", senders()), BY_ROWS).id());
      assertThat(ended.exit()).describedAs("%s", ended).isEqualTo(1);
      assertThat(rig.jobs.lifecycle().canResume(ended)).isTrue();

      Files.delete(jobs);
      rig.jobs.lifecycle().resume(ended.id());

      Job resumed = rig.await(ended.id(), job -> Objects.equals(job.exit(), 0));
      assertThat(resumed.state()).isEqualTo(JobState.FINISHED);
      assertThat(sandbox.account("00000000000000000000000000000001").count(LIST)).isEqualTo(ROWS);
    }
  }

  private static String senders() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining("", "pattern\n", ""));
  }
}
