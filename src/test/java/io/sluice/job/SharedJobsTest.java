package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.store.DatabaseSettings;
import io.sluice.job.store.EventStore;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several processes share the jobs of one PostgreSQL. */
@Tag("slow")
final class SharedJobsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LIST = "block_senders";
  private static final ImportOptions BY_ROWS =
      new ImportOptions(null, "rows", false, null, null, false, null);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = JobRig.sandbox().latency(Duration.ofMillis(5)).start();
  private final EmbeddedPostgres postgres = started();

  private static EmbeddedPostgres started() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    } catch (IOException unusable) {
      throw new java.io.UncheckedIOException(unusable);
    }
  }

  @BeforeEach
  void warm() {
    assertThat(postgres.getPort()).isPositive();
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
    sandbox.close();
  }

  @Test
  void eachJobRunsOnceWhicheverProcessTakesIt() throws IOException {
    try (JobRig a = rig("a");
        JobRig b = rig("b")) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        JobRig to = i % 2 == 0 ? a : b;
        String upload = to.upload("rows.csv", senders(100 * i, 100 * i + 100));
        jobs.add(to.imported(i % 3 == 0 ? "one" : "two", upload, BY_ROWS));
      }
      for (Job job : jobs) {
        Job ended = b.awaitEnd(job.id());
        assertThat(ended.exit()).describedAs("%s", ended).isZero();
        assertThat(ended.fence()).isEqualTo(1);
        assertThat(created(ended)).isEqualTo(100);
      }
      assertThat(jobs.stream().map(job -> a.jobs.get(job.id()).orElseThrow().process()))
          .contains("a", "b");
      assertThat(a.jobs.backups()).isEmpty();
    }
    List<SandboxAccount> accounts =
        List.of(
            sandbox.account("00000000000000000000000000000001"),
            sandbox.account("00000000000000000000000000000002"));
    assertThat(accounts.get(0).count(LIST) + accounts.get(1).count(LIST)).isEqualTo(1_200);
    assertThat(accounts)
        .allSatisfy(one -> assertThat(one.creations(LIST).values()).containsOnly(1));
  }

  @Test
  void aJobWhoseProcessIsCutOffIsTakenOverAndFinishedOnce() throws IOException {
    SandboxAccount account = sandbox.account("00000000000000000000000000000001");
    JobRig a = rig("a");
    Job job = a.imported(a.upload("rows.csv", senders(0, 3_000)), BY_ROWS);
    a.await(job.id(), now -> account.count(LIST) > 300);
    a.cutOff();
    try (JobRig b = rig("b")) {
      Job ended = b.awaitEnd(job.id());

      assertThat(ended.exit()).describedAs("%s", ended).isZero();
      assertThat(ended.process()).isEqualTo("b");
      assertThat(ended.fence()).isGreaterThan(1);
      assertThat(created(ended)).isEqualTo(3_000);
      assertThat(account.creations(LIST).values()).hasSize(3_000).containsOnly(1);
    } finally {
      a.close();
    }
  }

  @Test
  void theQuotaHoldsForAllProcessesTogether() throws IOException {
    try (Sandbox paced = JobRig.sandbox().quota(100, Duration.ofSeconds(3)).start();
        JobRig a = rig("a", paced, 1);
        JobRig b = rig("b", paced, 1)) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        JobRig to = i % 2 == 0 ? a : b;
        String upload = to.upload("rows.csv", senders(100 * i, 100 * i + 100));
        jobs.add(to.imported(i < 2 ? "one" : "two", upload, BY_ROWS));
      }
      for (Job job : jobs) {
        assertThat(b.awaitEnd(job.id()).exit()).isZero();
      }
      assertThat(paced.requestLog().throttled()).isZero();
      assertThat(jobs.stream().map(job -> a.jobs.get(job.id()).orElseThrow().process()))
          .contains("a", "b");
    }
  }

  @Test
  void aProcessThatJoinsLateKeepsAQuotaThatIsLowerThanTheDefault() throws IOException {
    try (Sandbox paced = JobRig.sandbox().quota(20, Duration.ofSeconds(2)).start();
        JobRig a = rig("a", paced, 1)) {
      a.addUnpaced("slow one", paced, "00000000000000000000000000000001");
      Job early = a.imported("slow one", a.upload("rows.csv", senders(0, 120)), BY_ROWS);
      a.await(early.id(), now -> paced.requestLog().writes() > 30);
      try (JobRig b = rig("b", paced, 1)) {
        b.addUnpaced("slow one", paced, "00000000000000000000000000000001");
        b.addUnpaced("slow two", paced, "00000000000000000000000000000002");
        Job late = b.imported("slow two", b.upload("rows.csv", senders(300, 340)), BY_ROWS);
        assertThat(b.awaitEnd(late.id()).exit()).isZero();
        assertThat(a.awaitEnd(early.id()).exit()).isZero();
        assertThat(a.jobs.get(late.id()).orElseThrow().process()).isEqualTo("b");
      }
      assertThat(paced.requestLog().throttled()).isZero();
    }
  }

  @Test
  void whoeverFollowsEventsMissesNoneThatManyWrite() throws Exception {
    int writers = 8;
    int each = 150;
    try (JobRig a = rig("a");
        JobRig b = rig("b")) {
      Job job = a.imported(a.upload("rows.csv", senders(0, 10)), BY_ROWS);
      a.awaitEnd(job.id());
      List<EventStore> stores = List.of(new EventStore(a.database), new EventStore(b.database));
      Set<String> seen = new HashSet<>();
      Flux<Integer> writing =
          Flux.range(0, writers)
              .parallel(writers)
              .runOn(Schedulers.boundedElastic())
              .doOnNext(writer -> write(stores.get(writer % 2), job.id(), writer, each))
              .sequential();
      CompletableFuture<List<Integer>> written = writing.collectList().toFuture();
      long last = 0;
      boolean complete = false;
      while (!complete) {
        complete = written.isDone();
        for (JobEvent event : stores.get(0).after(job.id(), last, 10_000)) {
          last = event.number();
          seen.add(event.data());
        }
      }
      assertThat(written.get()).hasSize(writers);
      assertThat(seen).filteredOn(data -> data.startsWith("{\"n\"")).hasSize(writers * each);
    }
  }

  private static void write(EventStore store, String job, int writer, int events) {
    for (int i = 0; i < events; i++) {
      store.add(job, "row", "{\"n\":\"" + writer + " " + i + "\"}", Instant.now());
    }
  }

  private static long created(Job job) {
    JsonNode summary = JSON.readTree(Objects.requireNonNull(job.summary()));
    return summary.at("/counts/created").longValue();
  }

  private static String senders(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "host" + i + ".example\n")
        .collect(Collectors.joining("", "pattern\n", ""));
  }

  private JobRig rig(String process) throws IOException {
    return rig(process, sandbox, 4);
  }

  private JobRig rig(String process, Sandbox against, int atOnce) throws IOException {
    return new JobRig(
        directory,
        against,
        new DatabaseSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"),
        process,
        atOnce);
  }
}
