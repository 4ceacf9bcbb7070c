package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.keys.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Whatever a request makes is made once for each {@code Idempotency-Key}. */
final class ServiceOnceTest {
  private static final String EXPORT = "{\"kind\":\"export\",\"profile\":\"one\"}";

  @RegisterExtension private final ServiceRig rig = new ServiceRig();
  private Visitor keyed;

  @BeforeEach
  void start() throws IOException {
    keyed = rig.operator().with("Idempotency-Key", "once");
  }

  @Test
  void aScheduleIsMadeOnce() {
    Visitor.Reply first = keyed.post("/v1/schedules", schedule("nightly", "0 2 * * *"));
    assertThat(first.status()).isEqualTo(201);
    Visitor.Reply again =
        keyed.post("/v1/schedules", schedule("nightly", "0 2 * * *").replace(",", " , "));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    Visitor.Reply other = keyed.post("/v1/schedules", schedule("nightly", "0 3 * * *"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
    assertThat(rig.operator().get("/v1/schedules").json().path("items")).hasSize(1);

    rig.operator().delete(first.header("Location"));
    Visitor.Reply gone = keyed.post("/v1/schedules", schedule("nightly", "0 2 * * *"));
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.code()).isEqualTo("made_and_removed");
    assertThat(rig.operator().get("/v1/schedules").json().path("items")).isEmpty();
  }

  @Test
  void aScheduleRunsOnceNow() {
    String path =
        rig.operator().post("/v1/schedules", schedule("a", "0 2 * * *")).header("Location");
    Visitor.Reply first = keyed.post(path + "/run", "");
    assertThat(first.status()).isEqualTo(202);
    Visitor.Reply again = keyed.post(path + "/run", "");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    Visitor.Reply next = rig.operator().with("Idempotency-Key", "other").post(path + "/run", "");
    assertThat(next.status()).isEqualTo(202);
    assertThat(jobs()).isEqualTo(2);
  }

  @Test
  void rowsAreRetriedOnce() throws IOException {
    rig.sandbox.faults().reject("host7.example", 10021, "no");
    String job = rig.imported(rig.upload("rows.csv", ServiceRig.senders(20)), "{}");
    rig.awaitEnd(job);
    List<String> before = kept();
    String path = "/v1/jobs/" + job + "/retry";
    Visitor.Reply first = keyed.post(path, "");
    assertThat(first.status()).isEqualTo(202);
    Visitor.Reply again = keyed.post(path, "");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(keyed.post(path + "?resource=block-senders", "").status()).isEqualTo(422);
    assertThat(jobs()).isEqualTo(2);
    assertThat(kept()).hasSize(before.size() + 1);
  }

  @Test
  void aFileThatComesTwiceIsKeptOnce() throws IOException {
    String content = ServiceRig.senders(50);
    Visitor.Reply first = keyed.post("/v1/uploads?name=a.csv", "text/csv", content);
    assertThat(first.status()).isEqualTo(201);
    Visitor.Reply again = keyed.post("/v1/uploads?name=a.csv", "text/csv", content);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(keyed.post("/v1/uploads?name=b.csv", "text/csv", content).status()).isEqualTo(422);
    assertThat(keyed.post("/v1/uploads?name=a.csv", "text/csv", "x").status()).isEqualTo(422);
    assertThat(kept()).containsExactly(first.json().path("id").asString());
  }

  @Test
  void anImportThatComesTwiceLeavesOneFile() throws IOException {
    String path = "/v1/imports?profile=one&resource=block_senders&name=rows.csv";
    String job = keyed.post(path, "text/csv", ServiceRig.senders(5)).json().path("id").asString();
    assertThat(keyed.post(path, "text/csv", ServiceRig.senders(5)).status()).isEqualTo(200);
    assertThat(keyed.post(path, "text/csv", ServiceRig.senders(6)).status()).isEqualTo(422);
    assertThat(
            rig.operator().post(path + "&mode=wrong", "text/csv", ServiceRig.senders(5)).status())
        .isEqualTo(400);
    rig.awaitEnd(job);
    assertThat(kept()).hasSize(1);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void whatComesManyTimesAtOnceIsMadeOnce() throws IOException {
    String content = ServiceRig.senders(50);
    List<Visitor.Reply> uploads =
        atOnce(() -> keyed.post("/v1/uploads?name=a.csv", "text/csv", content));
    List<Visitor.Reply> schedules =
        atOnce(() -> keyed.post("/v1/schedules", schedule("a", "0 2 * * *")));

    List<Visitor.Reply> keys =
        atOnce(() -> keyed.post("/v1/keys", "{\"name\":\"ci\",\"role\":\"viewer\"}"));

    for (List<Visitor.Reply> replies : List.of(uploads, schedules, keys)) {
      assertThat(replies).extracting(Visitor.Reply::status).containsOnly(200, 201);
      assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
      assertThat(replies.stream().map(reply -> reply.json().path("id").asString()).distinct())
          .hasSize(1);
    }
    assertThat(kept()).hasSize(1);
    assertThat(rig.operator().get("/v1/schedules").json().path("items")).hasSize(1);
  }

  @Test
  void aKeyIsOfItsCallerAndOfItsAddressAlone() {
    String schedule =
        rig.operator().post("/v1/schedules", schedule("a", "0 2 * * *")).header("Location");
    assertThat(keyed.post("/v1/jobs", EXPORT).status()).isEqualTo(202);
    assertThat(keyed.post(schedule + "/run", "").status()).isEqualTo(202);

    Visitor first = named("guest");
    assertThat(first.post("/v1/jobs", EXPORT).status()).isEqualTo(202);
    assertThat(first.post("/v1/jobs", EXPORT).status()).isEqualTo(200);
    rig.keys.remove("guest");
    assertThat(named("guest").post("/v1/jobs", EXPORT).status()).isEqualTo(202);
    assertThat(jobs()).isEqualTo(4);
  }

  @Test
  void whatWasRefusedMayBeAskedForAgain() {
    Visitor.Reply refused = keyed.post("/v1/schedules", schedule("a", "0 0 30 2 *"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("detail").asString()).contains("never come");
    assertThat(keyed.post("/v1/schedules", schedule("a", "0 0 28 2 *")).status()).isEqualTo(201);
    assertThat(
            rig.operator()
                .with("Idempotency-Key", "k".repeat(256))
                .post("/v1/uploads?name=a.csv", "text/csv", "x")
                .code())
        .isEqualTo("bad_idempotency_key");
  }

  private Visitor named(String name) {
    String key = rig.keys.make(name, Role.OPERATOR, Instant.now());
    return rig.stranger().with("Authorization", "Bearer " + key).with("Idempotency-Key", "once");
  }

  private static String schedule(String name, String cron) {
    return "{\"name\":\"%s\",\"cron\":\"%s\",\"zone\":\"UTC\",\"job\":%s}"
        .formatted(name, cron, EXPORT);
  }

  private int jobs() {
    return rig.operator().get("/v1/jobs").json().path("items").size();
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.list(rig.files.root().resolve("uploads"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** A request that is sent. */
  @FunctionalInterface
  private interface Asking {
    Visitor.Reply ask();
  }

  private static List<Visitor.Reply> atOnce(Asking asking) {
    // Not where the service itself works.
    Scheduler clients = Schedulers.newBoundedElastic(16, 16, "clients");
    return Flux.range(0, 16)
        .flatMap(n -> Mono.fromCallable(asking::ask).subscribeOn(clients), 16)
        .collectList()
        .doFinally(end -> clients.dispose())
        .blockOptional(Duration.ofSeconds(60))
        .orElseThrow();
  }
}
