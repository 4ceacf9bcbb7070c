package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.Eventually;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two services share the jobs, the directory, the quotas and the notices, and one of them dies. */
@Tag("slow")
final class SharedServiceIT {
  private static final int JOBS = 20;
  private static final int ROWS = 500;
  private static final Duration TAKE_OVER = Duration.ofSeconds(6);

  /** What looking for jobs takes, and finding the time for it on a busy machine. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  /** A minute until the dead process's lease of a target ends, and what the retries take. */
  private static final Duration NOTIFIED = Duration.ofMinutes(4);

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
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> notified = ConcurrentHashMap.newKeySet();
  private volatile boolean receiving;
  private HttpServer receiver;
  private EmbeddedPostgres postgres;
  private Jdbi database;

  @BeforeEach
  void prepare() throws Exception {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    database = Jdbi.create(postgres.getPostgresDatabase());
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    Files.write(
        directory.resolve(TwoAccounts.CONFIG),
        List.of(
            "profiles:",
            profile("a1", "token: env:TOKEN, rate: 400/2s"),
            profile("a2", "token: env:TOKEN, rate: 400/2s"),
            profile("b1", "email: %s, api-key: env:KEY".formatted(sandbox.email())),
            profile("b2", "email: %s, api-key: env:KEY".formatted(sandbox.email())),
            "notify:",
            "  ops:",
            "    url: http://127.0.0.1:" + receiver.getAddress().getPort() + "/ops",
            "    format: json",
            "    on: [finished]"));
  }

  /** Refuses every notice until one of the processes has been killed. */
  private void receive(HttpExchange exchange) throws IOException {
    JsonNode notice = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    boolean taken = receiving;
    (taken ? notified : refused).add(notice.path("job").path("id").asString(""));
    exchange.sendResponseHeaders(taken ? 204 : 503, -1);
    exchange.close();
  }

  private String profile(String name, String credential) {
    return "  %s: {account: %s, base-url: '%s', %s}"
        .formatted(name, name, sandbox.baseUrl(), credential);
  }

  @AfterEach
  void stop() throws Exception {
    receiver.stop(0);
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
          made -> made > JOBS * ROWS / 2 && !refused.isEmpty() && !runBy(doomed).isEmpty());
      doomed.kill();
      receiving = true;
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
      Eventually.is(NOTIFIED, () -> notified, all -> all.containsAll(jobs));
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
