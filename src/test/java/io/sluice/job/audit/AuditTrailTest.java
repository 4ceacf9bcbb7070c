package io.sluice.job.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.TestClock;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The trail is a chain: what is changed, removed or put in is found. */
final class AuditTrailTest {
  @TempDir private Path directory = Path.of("");
  private final TestClock clock = new TestClock(Duration.ZERO);
  private Database database;
  private AuditTrail trail;

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    database = Database.open(DatabaseSettings.embedded(directory));
    trail = new AuditTrail(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static AuditEvent event(String subject) {
    return new AuditEvent("ann", "127.0.0.1", "key.make", subject, "", "", "201");
  }

  private void add(int count) {
    IntStream.range(0, count).forEach(i -> trail.add(event("key " + i)));
  }

  @Test
  void whatWasAddedIsThereInItsOrder() {
    add(3);

    List<AuditEntry> latest = trail.latest(null, null, null, null, 2);
    assertThat(latest).extracting(AuditEntry::number).containsExactly(3L, 2L);
    assertThat(trail.latest(2L, "ann", "key.make", null, 10))
        .extracting(entry -> entry.event().subject())
        .containsExactly("key 0");
    assertThat(trail.latest(null, null, null, "no such job", 10)).isEmpty();
    assertThat(trail.check().faults()).isEmpty();
    assertThat(trail.check().entries()).isEqualTo(3);
    assertThat(trail.check().last()).isEqualTo(latest.get(0).digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit set actor = 'bob' where number = 2",
        "update audit set at = at + interval '1' second where number = 2",
        "delete from audit where number = 2",
        "delete from audit where number = 1",
        "delete from audit where number = 5",
        "update audit set before = digest where number = 4",
      })
  void whatIsTamperedWithIsFound(String tampering) {
    add(5);
    database.jdbi().useHandle(handle -> handle.execute(tampering));

    assertThat(trail.check().faults()).isNotEmpty();
  }

  @Test
  void anEntryInPlaceOfTheLastOneIsFound() {
    add(2);
    database
        .jdbi()
        .useHandle(
            handle -> {
              AuditEntry first = trail.following(0).get(0);
              AuditEntry forged =
                  AuditEntry.after(first.digest(), 2, clock.instant(), event("forged"));
              handle.execute(
                  "update audit set subject = 'forged', at = ?, digest = ? where number = 2",
                  forged.at(),
                  forged.digest());
            });

    assertThat(trail.check().faults()).isNotEmpty();
  }

  @Test
  void whatIsTooOldIsRemovedFromTheBeginningAndTheRestStaysWhole() {
    add(4);
    clock.advance(Duration.ofDays(2));
    add(3);

    assertThat(trail.removeBefore(clock.instant().minus(Duration.ofDays(1)))).isEqualTo(4);

    assertThat(trail.check().faults()).isEmpty();
    assertThat(trail.check().entries()).isEqualTo(4);
    assertThat(trail.latest(null, null, "audit.remove", null, 1).get(0).event().detail())
        .startsWith("4 entries up to number 4");
    assertThat(trail.removeBefore(clock.instant().minus(Duration.ofDays(1)))).isZero();
  }

  @Test
  void severalWhoAddAtOnceMakeOneChain() {
    addAtOnce(List.of(trail, new AuditTrail(database, clock)));
  }

  @Tag("slow")
  @Test
  void severalProcessesMakeOneChain() throws IOException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        Database one = Database.open(shared(postgres));
        Database other = Database.open(shared(postgres))) {
      addAtOnce(List.of(new AuditTrail(one, clock), new AuditTrail(other, clock)));
    }
  }

  private static DatabaseSettings shared(EmbeddedPostgres postgres) {
    return new DatabaseSettings(
        postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
  }

  private static void addAtOnce(List<AuditTrail> trails) {
    Flux.range(0, 60)
        .flatMap(
            i ->
                Mono.fromRunnable(() -> trails.get(i % 2).add(event("key " + i)))
                    .subscribeOn(Schedulers.boundedElastic()),
            8)
        .then()
        .block(Duration.ofMinutes(1));

    assertThat(trails.get(0).check().faults()).isEmpty();
    assertThat(trails.get(0).following(0))
        .extracting(AuditEntry::number)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
  }
}
