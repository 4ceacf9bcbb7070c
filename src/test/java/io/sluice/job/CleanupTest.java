package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.files.UploadDraft;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.RequestKey;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed in the course of time, and what never is. */
final class CleanupTest {
  private static final String ROWS = "pattern\na.example\nb.example\n";
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().start();

  /** Behind the time, so that what is due by it is due by db-scheduler's as well. */
  private final TestClock clock = new TestClock(Duration.ofDays(-1000));

  private JobRig rig;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("data");
    PrivateFiles.createDirectories(data);
    rig = new JobRig(directory, sandbox, DatabaseSettings.embedded(data), "test", 4, clock);
    // The first time is at the start.
    awaitCleanup();
  }

  @AfterEach
  void stop() {
    rig.close();
    sandbox.close();
  }

  @Test
  void aJobIsRemovedWithAllThatBelongsToIt() throws IOException {
    RequestKey key = new RequestKey("key 1", "POST /v1/jobs", "once", "digest");
    String upload = rig.upload("a.csv", ROWS);
    JobSpec spec = new ImportSpec("one", "block-senders", upload, null, null);
    Job old = rig.jobs.submit(spec, "somebody", key).thing();
    rig.awaitEnd(old.id());
    clock.advance(DAY.multipliedBy(89));
    String later = rig.upload("b.csv", ROWS);
    Job young = rig.imported(later, ImportOptions.DEFAULT);
    rig.awaitEnd(young.id());
    awaitCleanup();
    assertThat(rig.jobs.get(old.id())).isPresent();

    clock.advance(DAY.multipliedBy(2));
    rig.hasten(Cleanup.TASK, "recurring");
    rig.await(() -> rig.jobs.get(old.id()), Optional::isEmpty);
    awaitCleanup();

    assertThat(rig.jobs.get(young.id())).isPresent();
    assertThat(names("jobs")).containsExactly(young.id());
    assertThat(new EventStore(rig.database).after(old.id(), 0, 10)).isEmpty();
    JobSpec again = new ImportSpec("one", "block-senders", later, null, null);
    assertThat(rig.jobs.submit(again, "somebody", key).again()).isFalse();
  }

  @Test
  void jobsAreKeptForEverIfThatIsWanted() throws IOException {
    Job old = rig.awaitEnd(rig.imported(rig.upload("a.csv", ROWS), ImportOptions.DEFAULT).id());
    clock.advance(DAY.multipliedBy(900));

    new Cleanup(rig.database, rig.bench, Duration.ZERO, Duration.ZERO).run();

    assertThat(rig.jobs.get(old.id())).isPresent();
    assertThat(names("jobs")).containsExactly(old.id());
  }

  @Test
  void backupsAreNeverRemovedNorWhenTheLastOneWas() throws IOException {
    JobSpec backup = JobRig.export("one", null);
    Job first = rig.awaitEnd(rig.submit(backup, "me").id());
    Job last = rig.awaitEnd(rig.submit(backup, "me").id());
    clock.advance(DAY);
    Map<String, List<String>> few = Map.of("search", List.of("x"));
    JobSpec narrowed = new ExportSpec("one", List.of("domains"), null, false, null, false, few);
    assertThat(rig.awaitEnd(rig.submit(narrowed, "me").id()).exit()).isZero();
    clock.advance(DAY.multipliedBy(400));

    new Cleanup(rig.database, rig.bench, DAY, Duration.ZERO).run();

    assertThat(rig.jobs.get(first.id())).isEmpty();
    assertThat(rig.jobs.get(last.id())).isPresent();
    assertThat(rig.files.snapshots()).hasSize(3);
    assertThat(rig.jobs.backups())
        .hasSize(8)
        .allMatch(one -> one.profile().equals("one") && one.endedAt().equals(last.endedAt()));
  }

  @Test
  void filesThatNoJobNeedsAreRemovedAfterAWeek() throws IOException {
    String unused = rig.upload("unused.csv", ROWS);
    String used = rig.upload("used.csv", ROWS);
    String paused = rig.upload("paused.csv", ROWS);
    String planned = rig.upload("planned.csv", ROWS);
    Path unknown = Files.writeString(rig.files.upload("2020-unknown"), ROWS);
    Files.setLastModifiedTime(unknown, FileTime.from(clock.instant()));
    rig.awaitEnd(rig.imported(used, ImportOptions.DEFAULT).id());
    sandbox.revoke(sandbox.token());
    Job waiting = rig.awaitEnd(rig.imported(paused, ImportOptions.DEFAULT).id());
    new JobStore(rig.database)
        .change(waiting.id(), List.of(waiting.state()), JobState.PAUSED, null, handle -> {});
    JobRig.add(
        rig.jobs.schedules(),
        "nightly",
        new ImportSpec("one", "block-senders", planned, null, null),
        "0 2 * * *",
        "UTC",
        true);
    Cleanup cleanup = new Cleanup(rig.database, rig.bench, DAY.multipliedBy(90), Duration.ZERO);

    clock.advance(Duration.ofDays(6));
    cleanup.run();
    assertThat(names("uploads")).hasSize(5);

    clock.advance(Duration.ofDays(2));
    String fresh = rig.upload("fresh.csv", ROWS);
    cleanup.run();
    assertThat(names("uploads")).containsExactlyInAnyOrder(paused, planned, fresh);
    assertThat(rig.uploads.get(unused)).isEmpty();
    assertThat(rig.uploads.get(used)).isEmpty();
    assertThat(rig.uploads.get(planned)).isPresent();
  }

  @Test
  void aFileStaysAWeekForAJobThatMayBeResumedAndNoLonger() throws IOException {
    String upload = rig.upload("a.csv", ROWS);
    clock.advance(Duration.ofDays(30));
    sandbox.revoke(sandbox.token());
    Job job = rig.awaitEnd(rig.imported(upload, ImportOptions.DEFAULT).id());
    Cleanup cleanup = new Cleanup(rig.database, rig.bench, DAY.multipliedBy(90), Duration.ZERO);
    cleanup.run();
    assertThat(rig.jobs.lifecycle().canResume(job)).isTrue();

    clock.advance(Duration.ofDays(8));
    cleanup.run();

    assertThat(rig.jobs.lifecycle().canResume(job)).isFalse();
    assertThatThrownBy(() -> rig.jobs.lifecycle().resume(job.id()))
        .isInstanceOf(JobRefusedException.class)
        .hasMessageContaining("send it again");
  }

  @Test
  void whatIsHalfSentGoesAfterADay() throws IOException {
    UploadDraft draft = UploadDraft.begin(rig.files, clock.instant());
    draft.write(new byte[10]);
    try (Stream<Path> halves = Files.list(rig.files.root().resolve("uploads"))) {
      Path half = halves.findFirst().orElseThrow();
      Files.setLastModifiedTime(half, FileTime.from(clock.instant()));
    }
    Cleanup cleanup = new Cleanup(rig.database, rig.bench, Duration.ZERO, Duration.ZERO);
    clock.advance(Duration.ofHours(23));
    cleanup.run();
    assertThat(names("uploads")).hasSize(1);
    clock.advance(Duration.ofHours(2));
    cleanup.run();
    assertThat(names("uploads")).isEmpty();
    draft.close();
  }

  @Test
  void whatCannotBeRemovedDoesNotKeepTheRest() throws IOException {
    String stuck = rig.upload("stuck.csv", ROWS);
    String other = rig.upload("other.csv", ROWS);
    Files.delete(rig.files.upload(stuck));
    PrivateFiles.createDirectories(rig.files.upload(stuck).resolve("inside"));
    clock.advance(Duration.ofDays(8));

    new Cleanup(rig.database, rig.bench, DAY, Duration.ZERO).run();

    assertThat(names("uploads")).containsExactly(stuck);
    assertThat(rig.uploads.get(other)).isEmpty();
  }

  private List<String> names(String kind) throws IOException {
    Path below = rig.files.root().resolve(kind);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(below)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Waits until it was done once more. */
  private void awaitCleanup() {
    Instant before = rig.lastSuccess(Cleanup.TASK);
    rig.hasten(Cleanup.TASK, "recurring");
    rig.await(() -> rig.lastSuccess(Cleanup.TASK), now -> now.isAfter(before));
  }
}
