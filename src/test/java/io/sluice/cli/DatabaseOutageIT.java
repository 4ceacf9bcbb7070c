package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.Eventually;
import io.sluice.RestartablePostgres;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** PostgreSQL is stopped below a service that imports, and started again. */
@Tag("slow")
final class DatabaseOutageIT {
  private static final int ROWS = 2_000;
  private static final String AWAY = "the database is away";

  @TempDir private Path directory = Path.of("");

  @Test
  void theJobGoesOnAndTheLogTellsOfTheOutageOnce() throws Exception {
    try (RestartablePostgres postgres = new RestartablePostgres(directory.resolve("postgres"));
        Sandbox sandbox = Sandbox.builder().latency(Duration.ofMillis(40)).start();
        ServiceProcess service = service(sandbox, postgres)) {
      String upload = service.jobs().upload("rows.csv", ServiceProcess.senders(0, ROWS));
      String job = service.jobs().imported("one", upload, "{\"strategy\":\"rows\"}");
      Eventually.is(() -> sandbox.account().count(BlockList.RESOURCE), count -> count > 250);

      postgres.stop();
      Eventually.is(() -> log(service), log -> log.contains(AWAY));
      Visitor visitor = service.operator();
      assertThat(visitor.get("/readyz").status()).isEqualTo(503);
      assertThat(visitor.get("/healthz").status()).isEqualTo(200);
      assertThat(visitor.get("/v1/jobs/" + job).status()).isEqualTo(503);
      Eventually.is(() -> idle(sandbox), idle -> idle.compareTo(Duration.ofSeconds(8)) > 0);
      assertThat(sandbox.account().count(BlockList.RESOURCE)).isLessThan(ROWS);
      postgres.start();

      Eventually.is(() -> visitor.get("/readyz").status(), status -> status == 200);
      JsonNode ended = service.jobs().awaitEnd(job);
      assertThat(ended.path("exit").intValue()).describedAs("%s", ended).isZero();
      assertThat(sandbox.account().creations(BlockList.RESOURCE).values())
          .hasSize(ROWS)
          .containsOnly(1);
      assertThat(service.terminate()).isEqualTo(130);
      assertThat(log(service).lines())
          .filteredOn(line -> line.contains(AWAY))
          .describedAs(log(service))
          .hasSize(1);
      assertThat(log(service)).containsOnlyOnce("the database is back").doesNotContain("\tat ");
    }
  }

  /** How long ago the last call came. */
  private static Duration idle(Sandbox sandbox) {
    var calls = sandbox.requestLog().calls();
    return Duration.ofNanos(System.nanoTime() - calls.get(calls.size() - 1).arrivalNanos());
  }

  private static String log(ServiceProcess service) {
    try {
      return Files.readString(service.log());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private ServiceProcess service(Sandbox sandbox, RestartablePostgres postgres) throws Exception {
    String profile = TwoAccounts.profile("one", sandbox.account().id(), sandbox);
    Files.write(directory.resolve(TwoAccounts.CONFIG), List.of("profiles:", profile));
    SluiceProcess sluice =
        new SluiceProcess(directory)
            .with("TOKEN_ONE", sandbox.token())
            .with("SLUICE_DB_PASSWORD", "postgres")
            .quick();
    return ServiceProcess.start(
        sluice,
        "--config",
        TwoAccounts.CONFIG,
        "--data-dir",
        "data",
        "--db-url",
        postgres.url(),
        "--db-user",
        "postgres",
        "--take-over",
        "6s");
  }
}
