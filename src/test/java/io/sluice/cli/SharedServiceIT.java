package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two services share the jobs, the directory and the quotas, and one of them dies. */
@Tag("slow")
final class SharedServiceIT {
  private static final int JOBS = 20;
  private static final int ROWS = 500;
  private static final Duration TAKE_OVER = Duration.ofSeconds(6);

  /** What looking for jobs takes, and finding the time for it on a busy machine. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox =
      Sandbox.builder()
          .account("a1")
          .account("a2")
          .account("b1")
          .account("b2")
          .quota(400, Duration.ofSeconds(2))
          .latency(Duration.ofMillis(20))
          .start();
  private EmbeddedPostgres postgres;
  private Jdbi database;

  @BeforeEach
  void prepare() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    database = Jdbi.create(postgres.getPostgresDatabase());
    Files.write(
        directory.resolve(TwoAccounts.CONFIG),
        List.of(
            "profiles:",
            profile("a1", "token: env:TOKEN, rate: 400/2s"),
            profile("a2", "token: env:TOKEN, rate: 400/2s"),
            profile("b1", "email: %s, api-key: env:KEY".formatted(sandbox.email())),
            profile("b2", "email: %s, api-key: env:KEY".formatted(sandbox.email()))));
  }

  private String profile(String name, String credential) {
    return "  %s: {account: %s, base-url: '%s', %s}"
        .formatted(name, name, sandbox.baseUrl(), credential);
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
    sandbox.close();
  }

  @Test
  void theJobsOfADeadProcessAreFinishedByTheOther() throws Exception {
    try (ServiceProcess doomed = service();
        ServiceProcess survivor = service()) {
      List<String> jobs = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        jobs.add(imported(i % 2 == 0 ? doomed : survivor, i));
      }
      Eventually.is(
          Duration.ofMinutes(2),
          this::made,
          made -> made > JOBS * ROWS / 2 && !runBy(doomed).isEmpty());
      doomed.kill();
      long killed = System.nanoTime();
      assertThat(made()).isLessThan(JOBS * ROWS);

      List<String> orphans = runBy(doomed);
      assertThat(orphans).isNotEmpty();
      Eventually.is(() -> runBy(doomed), List::isEmpty);
      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(TAKE_OVER.plus(GRACE));
      for (String job : jobs) {
        JsonNode ended = survivor.jobs().awaitEnd(job);
        assertThat(ended.path("exit").intValue()).describedAs("%s", ended).isZero();
      }
      assertThat(survivor.terminate()).isEqualTo(130);
      for (String job : jobs) {
        RunFiles files = new RunFiles(directory.resolve("data/jobs").resolve(job));
        files.assertAddsUp(ROWS);
        assertThat(files.outcomes()).isEqualTo(Map.of("created", (long) ROWS));
      }
    }
    assertEachRecordIsMadeOnce();
    assertThat(sandbox.requestLog().throttled()).isZero();
  }

  private void assertEachRecordIsMadeOnce() {
    Set<String> patterns = new HashSet<>();
    for (SandboxAccount account : sandbox.accounts()) {
      assertThat(account.creations(BlockList.RESOURCE).values())
          .hasSize(JOBS * ROWS / 4)
          .containsOnly(1);
      account
          .records(BlockList.RESOURCE)
          .forEach(record -> patterns.add(record.path("pattern").asString()));
    }
    assertThat(patterns).hasSize(JOBS * ROWS);
    assertThat(made()).isEqualTo(JOBS * ROWS);
  }

  private ServiceProcess service() throws Exception {
    SluiceProcess sluice =
        new SluiceProcess(directory)
            .with("TOKEN", sandbox.token())
            .with("KEY", sandbox.apiKey())
            .with("SLUICE_DB_PASSWORD", "postgres");
    return ServiceProcess.start(
        sluice,
        "--config",
        TwoAccounts.CONFIG,
        "--data-dir",
        "data",
        "--db-url",
        postgres.getJdbcUrl("postgres", "postgres"),
        "--db-user",
        "postgres",
        "--take-over",
        TAKE_OVER.toSeconds() + "s");
  }

  private String imported(ServiceProcess service, int number) {
    List<SandboxAccount> accounts = sandbox.accounts();
    String profile = accounts.get(number % accounts.size()).id();
    String rows = ServiceProcess.senders(number * ROWS, ROWS);
    String upload = service.jobs().upload("rows.csv", rows);
    return service.jobs().imported(profile, upload, "{\"strategy\":\"rows\"}");
  }

  private long made() {
    return sandbox.accounts().stream()
        .mapToLong(account -> account.count(BlockList.RESOURCE))
        .sum();
  }

  /** The jobs that are said to be run by that process. */
  private List<String> runBy(ServiceProcess service) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("select id from job where state = 'running' and process like :name")
                .bind("name", "sluice-" + service.process().pid() + "-%")
                .mapTo(String.class)
                .list());
  }
}
