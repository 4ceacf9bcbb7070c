package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.keys.Role;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.sandbox.Sandbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Two processes of one name, on one PostgreSQL: what one knows of keys and requests, both do. */
@Tag("slow")
final class SharedAccessTest {
  @TempDir private Path directory = Path.of("");
  private Sandbox sandbox;
  private EmbeddedPostgres postgres;
  private ServiceRig a;
  private ServiceRig b;

  @BeforeEach
  void start() throws IOException {
    sandbox = ServiceRig.sandbox().start();
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    a = process("a");
    b = process("b");
  }

  private ServiceRig process(String name) throws IOException {
    return new ServiceRig(
        directory,
        sandbox,
        new DatabaseSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"),
        Duration.ofSeconds(2),
        name);
  }

  @AfterEach
  void stop() throws IOException {
    a.close();
    b.close();
    postgres.close();
    sandbox.close();
  }

  @Test
  void aSessionIsKnownToBothAndEndsForBoth() throws IOException {
    String key = a.keys.make("guest", Role.OPERATOR, Instant.now());
    Visitor atA = console(key);
    Visitor atB = atA.at(b.service.port());
    String csrf = atA.get("/v1/sessions/current").json().path("csrf").asString();
    assertThat(atB.get("/v1/sessions/current").json().path("csrf").asString()).isEqualTo(csrf);
    String job = b.submit("{\"kind\":\"export\",\"profile\":\"one\"}");
    b.awaitEnd(job);
    assertThat(atB.with("X-CSRF-Token", csrf).delete("/v1/sessions/current").status())
        .isEqualTo(204);
    assertThat(atA.get("/v1/jobs").status()).isEqualTo(401);

    Visitor again = console(key);
    Visitor elsewhere = again.at(b.service.port());
    sandbox.close();
    String waiting = a.submit("{\"kind\":\"export\",\"profile\":\"one\"}");
    try (BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                elsewhere.open("/v1/jobs/" + waiting + "/events").body(),
                StandardCharsets.UTF_8))) {
      assertThat(events.readLine()).startsWith(":");
      a.keys.remove("guest");
      a.keys.make("guest", Role.OPERATOR, Instant.now());
      assertThat(events.lines().filter(line -> line.equals("event: done"))).isEmpty();
    }
    assertThat(elsewhere.get("/v1/jobs").status()).isEqualTo(401);
  }

  @Test
  void aRequestHasItsEffectOnceWhicheverProcessTakesIt() {
    Scheduler clients = Schedulers.newBoundedElastic(16, 16, "clients");
    Visitor keyed = a.operator().with("Idempotency-Key", "once");
    String schedule =
        "{\"name\":\"a\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\","
            + "\"job\":{\"kind\":\"export\",\"profile\":\"one\"}}";
    List<Visitor.Reply> replies =
        Flux.range(0, 16)
            .flatMap(
                n ->
                    Mono.fromCallable(
                            () ->
                                keyed
                                    .at((n % 2 == 0 ? a : b).service.port())
                                    .post("/v1/schedules", schedule))
                        .subscribeOn(clients),
                16)
            .collectList()
            .doFinally(end -> clients.dispose())
            .blockOptional(Duration.ofSeconds(60))
            .orElseThrow();

    assertThat(replies).extracting(Visitor.Reply::status).containsOnly(200, 201);
    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(b.viewer().get("/v1/schedules").json().path("items")).hasSize(1);
  }

  private Visitor console(String key) {
    String cookie =
        a.stranger().post("/v1/sessions", "{\"key\":\"" + key + "\"}").header("Set-Cookie");
    return a.stranger().with("Cookie", cookie.substring(0, cookie.indexOf(';')));
  }
}
