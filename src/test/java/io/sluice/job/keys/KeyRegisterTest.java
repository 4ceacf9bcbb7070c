package io.sluice.job.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.JobRefusedException;
import io.sluice.job.TestClock;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keys expire, and the last operator's key stays. */
final class KeyRegisterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory = Path.of("");
  private final TestClock clock = new TestClock(Duration.ZERO);
  private final Instant start = clock.instant().truncatedTo(ChronoUnit.MICROS);
  private Database database;
  private KeyRegister register;
  private ApiKeys keys;

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    database = Database.open(DatabaseSettings.embedded(directory));
    register = new KeyRegister(database, clock);
    keys = new ApiKeys(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aKeyAndItsSessionsEndWhenItExpires() {
    String key = register.make("ci", Role.OPERATOR, start.plus(HOUR), "me", null).thing().key();
    ApiKey known = keys.find(key, start).orElseThrow();
    ConsoleSessions sessions = new ConsoleSessions(database);
    sessions.begin("token", known, start);
    assertThat(sessions.use("token", start)).contains(known);
    assertThat(keys.former("other")).isEmpty();
    assertThat(keys.anyOperator(start)).isTrue();

    Instant end = start.plus(HOUR);
    assertThat(keys.find(key, end)).isEmpty();
    assertThat(keys.holds(known, end)).isFalse();
    assertThat(sessions.use("token", end)).isEmpty();
    assertThat(keys.anyOperator(end)).isFalse();
    assertThat(keys.former(key)).contains(new FormerKey("ci", false, end));
    assertThat(register.list()).hasSize(1).allMatch(entry -> entry.expired(end));
  }

  @Test
  void anOperatorsKeyThatHasExpiredDoesNotCount() {
    register.make("old", Role.OPERATOR, start.plus(HOUR), "me", null);
    register.make("look", Role.VIEWER, null, "me", null);
    register.make("new", Role.OPERATOR, null, "me", null);
    clock.advance(HOUR);

    assertThatThrownBy(() -> register.remove(named("new"), false, "me"))
        .isInstanceOfSatisfying(
            JobRefusedException.class,
            refused -> assertThat(refused.code()).isEqualTo("last_operator"));
    assertThat(register.remove(named("old"), false, "me")).isPresent();
    assertThat(register.remove(named("look"), false, "me")).isPresent();
    assertThat(register.remove(named("none"), false, "me")).isEmpty();
    assertThat(register.remove(named("new"), true, "me")).isPresent();
    assertThat(register.list()).isEmpty();
  }

  @Test
  void twoWhoRemoveTheLastTwoKeysAtOnceLeaveOne() {
    register.make("a", Role.OPERATOR, null, "me", null);
    register.make("b", Role.OPERATOR, null, "me", null);

    List<Boolean> removed =
        Flux.just("a", "b")
            .flatMap(
                name ->
                    Mono.fromCallable(() -> register.remove(named(name), false, "me").isPresent())
                        .onErrorReturn(JobRefusedException.class, false)
                        .subscribeOn(Schedulers.boundedElastic()))
            .collectList()
            .blockOptional(Duration.ofSeconds(30))
            .orElseThrow();

    assertThat(removed).containsExactlyInAnyOrder(true, false);
    assertThat(register.list()).hasSize(1);
  }

  @Test
  void anExpiryIsATimeSpanADateOrATime() {
    assertThat(KeyExpiry.of("90d", NOW)).isEqualTo(NOW.plus(Duration.ofDays(90)));
    assertThat(KeyExpiry.of(" 12H", NOW)).isEqualTo(NOW.plus(Duration.ofHours(12)));
    assertThat(KeyExpiry.of("30m", NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
    assertThat(KeyExpiry.of("2026-11-22", NOW)).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(KeyExpiry.of("2026-11-22T05:00:00+02:00", NOW))
        .isEqualTo(Instant.parse("2026-11-22T03:00:00Z"));
    for (String none : List.of("", "90", "d", "-1d", "0d", "2026-11-21", "2026-13-01", "x-y")) {
      assertThatThrownBy(() -> KeyExpiry.of(none, NOW))
          .describedAs(none)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Predicate<KeyEntry> named(String name) {
    return entry -> entry.name().equals(name);
  }
}
