package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.MigrateSpec;
import io.sluice.job.spec.RestoreSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.JobStore;
import io.sluice.job.work.ChangeFile;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jobs of every kind, on the embedded database. */
final class JobsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LIST = "block_senders";
  private static final ImportOptions BY_ROWS =
      new ImportOptions(null, "rows", false, null, null, false, null);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().latency(Duration.ofMillis(5)).start();
  private final SandboxAccount account = sandbox.account("00000000000000000000000000000001");

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void anImportTellsHowItGoesOnAndWhatCameOfIt() throws IOException {
    try (JobRig rig = rig()) {
      sandbox.faults().reject("host7.example", 10021, "no");
      Job job = rig.imported(rig.upload("rows.csv", senders(600)), BY_ROWS);
      assertThat(job.state()).isEqualTo(JobState.QUEUED);
      List<JobEvent> events = rig.events(job.id());

      Job ended = rig.awaitEnd(job.id());
      assertThat(ended.exit()).isEqualTo(3);
      assertThat(summary(ended).at("/counts/created").intValue()).isEqualTo(599);
      assertThat(summary(ended).at("/counts/failed").intValue()).isEqualTo(1);
      assertThat(events).extracting(JobEvent::name).contains("state", "row");
      assertThat(events).last().extracting(JobEvent::name).isEqualTo("done");
      assertThat(events).extracting(JobEvent::number).isSorted();
      assertThat(rig.files.result(job.id(), "report.csv")).isPresent();
      assertThat(rig.files.result(job.id(), "failed.csv")).isPresent();
      assertThat(account.count(LIST)).isEqualTo(599);
    }
  }

  @Test
  void aJobThatIsPausedGoesOnWhereItStopped() throws IOException {
    try (JobRig rig = rig()) {
      Job job = rig.imported(rig.upload("rows.csv", senders(2_000)), BY_ROWS);
      rig.await(job.id(), now -> account.count(LIST) > 200);
      rig.jobs.lifecycle().pause(job.id());
      Job paused = rig.await(job.id(), now -> now.state() == JobState.PAUSED);
      assertThat(account.count(LIST)).isLessThan(2_000);
      assertThat(paused.exit()).isNull();

      rig.jobs.lifecycle().resume(job.id());
      Job ended = rig.awaitEnd(job.id());
      assertThat(ended.exit()).isZero();
      assertThat(summary(ended).at("/counts/created").intValue()).isEqualTo(2_000);
      assertThat(ended.progress()).contains("\"created\":2000");
      assertThat(account.creations(LIST).values()).hasSize(2_000).containsOnly(1);
    }
  }

  @Test
  void aJobThatIsCancelledEndsAndCanBeGoneOnWith() throws IOException {
    try (JobRig rig = rig()) {
      Job job = rig.imported(rig.upload("rows.csv", senders(2_000)), BY_ROWS);
      rig.await(job.id(), now -> account.count(LIST) > 100);
      rig.jobs.lifecycle().cancel(job.id());
      assertThat(rig.awaitEnd(job.id()).state()).isEqualTo(JobState.CANCELLED);
      assertThatThrownBy(() -> rig.jobs.lifecycle().cancel(job.id()))
          .isInstanceOf(JobRefusedException.class);
      assertThatThrownBy(() -> rig.jobs.lifecycle().pause(job.id()))
          .isInstanceOf(JobRefusedException.class);

      rig.jobs.lifecycle().resume(job.id());
      Job ended = rig.await(job.id(), now -> now.state() == JobState.FINISHED);
      assertThat(ended.exit()).isZero();
      assertThat(account.creations(LIST).values()).hasSize(2_000).containsOnly(1);
    }
  }

  @Test
  void aRestartInTheMiddleOfAnImportChangesNothing() throws IOException {
    String id;
    try (JobRig rig = rig()) {
      Job job = rig.imported(rig.upload("rows.csv", senders(2_000)), BY_ROWS);
      id = job.id();
      rig.await(id, now -> account.count(LIST) > 200);
    }
    assertThat(account.count(LIST)).isLessThan(2_000);
    try (JobRig rig = rig()) {
      Job ended = rig.awaitEnd(id);
      assertThat(ended.exit()).isZero();
      assertThat(ended.fence()).isEqualTo(2);
      assertThat(summary(ended).at("/counts/created").intValue()).isEqualTo(2_000);
      assertThat(account.creations(LIST).values()).hasSize(2_000).containsOnly(1);
    }
  }

  @Test
  void aJobThatIsCancelledWhileNobodyRunsItLetsOthersHaveTheirTurn() throws IOException {
    String id;
    try (JobRig rig = rig()) {
      id = rig.imported(rig.upload("rows.csv", senders(2_000)), BY_ROWS).id();
      rig.await(id, now -> account.count(LIST) > 100);
    }
    try (Database database = Database.open(DatabaseSettings.embedded(directory.resolve("data")))) {
      JobStore store = new JobStore(database);
      assertThat(
              store.change(
                  id,
                  List.of(JobState.QUEUED),
                  JobState.CANCELLED,
                  java.time.Instant.now(),
                  handle -> {}))
          .isTrue();
    }
    try (JobRig rig = rig()) {
      Job next = rig.imported(rig.upload("b.csv", senders(10)), BY_ROWS);
      assertThat(rig.awaitEnd(next.id()).exit()).isZero();
    }
  }

  @Test
  void aRehearsalAtAnotherApiDoesNotHoldTheLiveAccountUp() throws IOException {
    try (JobRig rig = rig();
        Sandbox copy = JobRig.sandbox().latency(Duration.ofMillis(200)).start()) {
      rig.addProfile("copy", copy, account.id());
      Job rehearsal = rig.imported("copy", rig.upload("a.csv", senders(2_000)), BY_ROWS);
      rig.await(rehearsal.id(), now -> copy.account(account.id()).count(LIST) > 0);

      Job live = rig.imported(rig.upload("b.csv", senders(10)), BY_ROWS);
      assertThat(rig.awaitEnd(live.id()).exit()).isZero();
      assertThat(rig.jobs.get(rehearsal.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
      rig.jobs.lifecycle().cancel(rehearsal.id());
      rig.awaitEnd(rehearsal.id());
    }
  }

  @Test
  void jobsThatChangeTheSameRecordsGoOneAfterTheOther() throws IOException {
    try (JobRig rig = rig()) {
      String rows = senders(400);
      Job first = rig.imported(rig.upload("a.csv", rows), BY_ROWS);
      Job second = rig.imported(rig.upload("b.csv", rows), BY_ROWS);
      List<Optional<String>> waits =
          rig.await(
              () -> List.of(waitsFor(rig, first), waitsFor(rig, second)),
              now -> now.stream().anyMatch(Optional::isPresent));
      assertThat(waits)
          .isIn(
              List.of(Optional.empty(), Optional.of(first.id())),
              List.of(Optional.of(second.id()), Optional.empty()));
      rig.awaitEnd(first.id());
      Job last = rig.awaitEnd(second.id());
      assertThat(waitsFor(rig, first)).isEmpty();
      assertThat(waitsFor(rig, second)).isEmpty();

      long created =
          summary(rig.awaitEnd(first.id())).at("/counts/created").longValue()
              + summary(last).at("/counts/created").longValue();
      assertThat(created).isEqualTo(400);
      assertThat(account.creations(LIST).values()).hasSize(400).containsOnly(1);
      assertThat(List.of(rig.events(first.id()), rig.events(second.id())))
          .anySatisfy(
              events ->
                  assertThat(events)
                      .extracting(JobEvent::data)
                      .anyMatch(d -> d.contains("waits_for")));
    }
  }

  private static Optional<String> waitsFor(JobRig rig, Job job) {
    return rig.jobs.waitsFor(rig.jobs.get(job.id()).orElseThrow());
  }

  @Test
  void aRehearsalKeepsWhatItWouldChange() throws IOException {
    try (JobRig rig = rig()) {
      ImportOptions rehearsal = new ImportOptions(null, null, true, null, null, false, null);
      Job job = rig.imported(rig.upload("rows.csv", senders(30)), rehearsal);
      Job ended = rig.awaitEnd(job.id());

      assertThat(ended.dryRun()).isTrue();
      assertThat(summary(ended).at("/plan/create").intValue()).isEqualTo(30);
      assertThat(sandbox.requestLog().writes()).isZero();
      Path changes = rig.files.result(job.id(), ChangeFile.NAME).orElseThrow();
      assertThat(Files.readAllLines(changes)).hasSize(30).allMatch(line -> line.contains("create"));
    }
  }

  @Test
  void aBackupIsComparedRestoredAndMigrated() throws IOException {
    account.seed(LIST, 40);
    ObjectNode odd = JsonNodeFactory.instance.objectNode().put("pattern", "odd.example");
    account.add(LIST, odd.put("pattern_type", "DOMAIN").put("x_future", 1));
    account.seed("allow_policies", 10);
    List<String> both = List.of("block-senders", "allow-policies");
    try (JobRig rig = rig()) {
      Job export =
          rig.awaitEnd(
              rig.submit(new ExportSpec("one", both, null, true, 3, false, null), "me").id());
      assertThat(export.exit()).isZero();
      String snapshot = summary(export).get("snapshot").stringValue();
      assertThat(snapshot).startsWith("00000000000000000000000000000001~");

      Job diff = rig.submit(new DiffSpec("profile:two", snapshot, null), "me");
      assertThat(summary(rig.awaitEnd(diff.id())).get("created").intValue()).isEqualTo(51);

      Job same = rig.submit(new DiffSpec(snapshot, snapshot, null), "me");
      assertThat(summary(rig.awaitEnd(same.id())).get("created").intValue()).isZero();

      Job restore =
          rig.submit(new RestoreSpec("two", snapshot, List.of("block-senders"), null), "me");
      Job restored = rig.awaitEnd(restore.id());
      assertThat(restored.exit()).isZero();
      assertThat(summary(restored).at("/warnings/0").asString(""))
          .contains("'x_future' is no field of block-senders");
      assertThat(restore.resources()).containsExactly("block-senders");

      Job migrate = rig.submit(new MigrateSpec("one", "two", both, null), "me");
      Job migrated = rig.awaitEnd(migrate.id());
      assertThat(migrated.exit()).describedAs("%s", migrated).isZero();
      assertThat(summary(migrated).at("/parts/0/counts/unchanged").intValue()).isEqualTo(41);
      Job equal = rig.submit(new DiffSpec("profile:two", "profile:one", both), "me");
      assertThat(summary(rig.awaitEnd(equal.id())).get("created").intValue()).isZero();
      assertThat(rig.jobs.list(JobRig.latest(3)))
          .extracting(Job::id)
          .containsExactly(equal.id(), migrate.id(), restore.id());
    }
  }

  @Test
  void whatCannotRunIsNotTaken() throws IOException {
    try (JobRig rig = rig()) {
      String upload = rig.upload("rows.dat", "x");
      assertRefused(rig, new ImportSpec("one", "block-senders", "nothing", null, null));
      assertRefused(rig, new ImportSpec("three", "block-senders", upload, null, null));
      assertRefused(rig, new ImportSpec("one", "bananas", upload, null, null));
      assertRefused(rig, new ImportSpec("one", "block-senders", upload, null, null));
      assertRefused(rig, new RestoreSpec("one", "../../etc~passwd", null, null));
      assertRefused(rig, new MigrateSpec("one", "one", null, null));
      assertRefused(rig, new DiffSpec("profile:one", "nowhere", null));
      assertThat(rig.jobs.list(JobRig.latest(10))).isEmpty();
    }
  }

  private static void assertRefused(JobRig rig, JobSpec spec) {
    assertThatThrownBy(() -> rig.submit(spec, "me")).isInstanceOf(UsageException.class);
  }

  private static String senders(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining("", "pattern\n", ""));
  }

  private static JsonNode summary(Job job) {
    return JSON.readTree(java.util.Objects.requireNonNull(job.summary()));
  }

  private JobRig rig() throws IOException {
    return JobRig.embedded(directory, sandbox);
  }
}
