package io.sluice.job.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.Job;
import io.sluice.job.JobEvent;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.pipeline.RunEvent;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class ProgressLogTest {
  private static final Resource SENDERS = Catalog.get("block-senders");
  private static final Resource DOMAINS = Catalog.get("trusted-domains");
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final String ID = "2026-11-01T000000Z-abcdef";

  @TempDir private Path directory = Path.of("");
  private @Nullable Database opened;

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    opened = Database.open(DatabaseSettings.embedded(directory));
    database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into job (id, kind, profile, account, resources, dry_run, spec, state,"
                        + " made_by, made_at) values ('"
                        + ID
                        + "', 'restore', 'p', 'p', 'block-senders', false, '{\"kind\":\"restore\","
                        + "\"profile\":\"p\",\"snapshot\":\"s\"}', 'queued', 'anna', '2026-11-01')"));
  }

  @AfterEach
  void close() {
    database().close();
  }

  @Test
  void aRowThatWentWrongIsNotedUnderItsOwnKind() {
    Job job = begun("a");
    try (ProgressLog log = log(job)) {
      log.accept(failed(SENDERS, 7));
      log.accept(new RunEvent.Progress(RunEvent.Phase.CHECKING, DOMAINS, 0, 1L));
    }

    assertThat(rows()).containsExactly("block-senders 7");
  }

  @Test
  void aProcessThatLostTheJobNotesNothingMore() {
    Job job = begun("a");
    ProgressLog lost = log(job);
    lost.accept(failed(SENDERS, 7));
    Job now = begun("b");
    lost.close();

    assertThat(events()).extracting(JobEvent::name).containsOnly("state");

    try (ProgressLog log = log(now)) {
      log.accept(failed(SENDERS, 8));
    }
    assertThat(rows()).containsExactly("block-senders 8");
  }

  private List<String> rows() {
    return events().stream()
        .filter(event -> event.name().equals("row"))
        .map(event -> JsonMapper.shared().readTree(event.data()))
        .map(row -> row.path("resource").asString() + " " + row.path("row").longValue())
        .toList();
  }

  private List<JobEvent> events() {
    return new EventStore(database()).after(ID, 0, 100);
  }

  private static RunEvent failed(Resource resource, long row) {
    return new RunEvent.RowFinished(
        resource,
        RowResult.uncalled(row, row + 1, Outcome.FAILED, Action.CREATE, null, "k"),
        false);
  }

  /** As if the timer that notes had not come round before the job was lost. */
  private ProgressLog log(Job job) {
    return new ProgressLog(
        job, database(), new JobStore(database()), new EventStore(database()), Clock.systemUTC());
  }

  private Job begun(String process) {
    return new JobStore(database()).begin(ID, process, NOW).orElseThrow();
  }

  private Database database() {
    if (opened == null) {
      throw new IllegalStateException("not opened");
    }
    return opened;
  }
}
