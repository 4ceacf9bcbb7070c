package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.Eventually;
import io.sluice.RestartablePostgres;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.StoredJson;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.RequestLog;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away while a job is taken, runs, is paused, and ends; and comes back. */
@Tag("slow")
final class DatabaseOutageTest {
  private static final String LIST = "block_senders";
  private static final ImportOptions BY_ROWS =
      new ImportOptions(null, "rows", false, null, null, false, null);
  private static final int ROWS = 2_000;
  private static final int FEW = 300;

  /** Of the statement that marks a job as run, and of the one that notes that it stands still. */
  private static final String TAKES = "fence = fence + 1";

  private static final String LEAVES = "rows_told = coalesce";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().latency(Duration.ofMillis(20)).start();
  private final SandboxAccount account = sandbox.account("00000000000000000000000000000001");
  private RestartablePostgres postgres;
  private DatabaseWire wire;

  @BeforeEach
  void prepare() throws IOException {
    postgres = new RestartablePostgres(directory.resolve("postgres"));
    wire = new DatabaseWire(postgres.port());
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    postgres.close();
    sandbox.close();
  }

  @Test
  void aRestartInTheMiddleEndsNothing() throws IOException {
    try (JobRig a = rig("a", postgres.url());
        JobRig b = rig("b", postgres.url())) {
      String id = a.imported(a.upload("rows.csv", senders(ROWS)), BY_ROWS).id();
      a.await(id, now -> account.count(LIST) > 250);
      postgres.stop();
      Eventually.is(this::callsHaveStopped, stopped -> stopped);
      assertThat(account.count(LIST)).isLessThan(ROWS);
      assertThatThrownBy(() -> a.jobs.lifecycle().pause(id)).matches(Database::isAway);
      postgres.start();

      Job ended = b.awaitEnd(id);

      assertFinished(ended, ROWS);
      assertThat(ended.fence()).isGreaterThan(1);
      assertThat(dones(b, id)).isEqualTo(1);
    }
  }

  /** True if the last call is longer ago than half of a take-over. */
  private boolean callsHaveStopped() {
    List<RequestLog.Call> calls = sandbox.requestLog().calls();
    long last = calls.get(calls.size() - 1).arrivalNanos();
    return System.nanoTime() - last > JobRig.TAKE_OVER.toNanos() / 2;
  }

  @Test
  void aJobIsTakenOnceTheDatabaseIsBack() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      wire.breakBefore(TAKES);
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      awaitBreak();
      wire.restore();
      assertFinished(rig.awaitEnd(id), FEW);
    }
  }

  @Test
  void aJobIsTakenThoughTheAnswerWasLost() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      wire.breakAfter(TAKES, "COMMIT");
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      awaitBreak();
      wire.restore();
      assertFinished(rig.awaitEnd(id), FEW);
    }
  }

  @Test
  void aJobIsFoundThatNoTaskWouldRun() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      wire.breakBefore("insert into job ", "COMMIT", "insert into scheduled_tasks");
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      awaitBreak();
      wire.restore();
      assertFinished(rig.awaitEnd(id), FEW);
    }
  }

  @Test
  void progressIsNotedLater() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      wire.breakBefore("set progress =");
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      awaitBreak();
      wire.restore();
      assertFinished(rig.awaitEnd(id), FEW);
      assertThat(rig.jobs.get(id).orElseThrow().progress()).contains("\"created\":" + FEW);
    }
  }

  @Test
  void theEndIsNotedWhenTheDatabaseIsBack() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      wire.breakBefore(LEAVES);
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      awaitBreak();
      wire.restore();
      assertFinished(rig.awaitEnd(id), FEW);
      assertThat(dones(rig, id)).isEqualTo(1);
    }
  }

  @Test
  void theEndIsNotedOnceThoughTheAnswerWasLost() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      wire.breakAfter(LEAVES, "COMMIT");
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      awaitBreak();
      wire.restore();
      assertFinished(rig.awaitEnd(id), FEW);
      assertThat(dones(rig, id)).isEqualTo(1);
    }
  }

  @Test
  void aJobThatIsBeingPausedIsPausedAndGoesOn() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      String id = rig.imported(rig.upload("rows.csv", senders(FEW)), BY_ROWS).id();
      rig.await(id, now -> account.count(LIST) > 20);
      wire.breakBefore(LEAVES);
      rig.jobs.lifecycle().pause(id);
      awaitBreak();
      wire.restore();
      rig.await(id, job -> job.state() == JobState.PAUSED);
      assertThat(account.count(LIST)).isLessThan(FEW);
      rig.jobs.lifecycle().resume(id);
      assertFinished(rig.awaitEnd(id), FEW);
    }
  }

  @Test
  void aDatabaseThatHangsStopsTheCallsAndTheJobGoesOn() throws IOException {
    try (JobRig rig = rig("a", wire.url())) {
      String id = rig.imported(rig.upload("rows.csv", senders(ROWS)), BY_ROWS).id();
      rig.await(id, now -> account.count(LIST) > 250);
      wire.swallow();
      Eventually.is(this::callsHaveStopped, stopped -> stopped);
      assertThat(account.count(LIST)).isLessThan(ROWS);
      assertThat(rig.await(rig.database::away, java.util.Optional::isPresent)).isPresent();
      wire.restore();
      assertFinished(rig.awaitEnd(id), ROWS);
    }
  }

  private void awaitBreak() {
    Eventually.is(wire::isDown, down -> down);
  }

  private void assertFinished(Job ended, int rows) {
    assertThat(ended.exit()).describedAs("%s", ended).isZero();
    assertThat(ended.state()).isEqualTo(JobState.FINISHED);
    assertThat(StoredJson.MAPPER.readTree(ended.summary()).at("/counts/created").intValue())
        .isEqualTo(rows);
    assertThat(account.creations(LIST).values()).hasSize(rows).containsOnly(1);
  }

  private static long dones(JobRig rig, String id) {
    List<JobEvent> events = rig.events(id);
    return events.stream().filter(event -> event.name().equals("done")).count();
  }

  private static String senders(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining("", "pattern\n", ""));
  }

  private JobRig rig(String process, String url) throws IOException {
    return new JobRig(
        directory, sandbox, new DatabaseSettings(url, "postgres", "postgres"), process);
  }
}
