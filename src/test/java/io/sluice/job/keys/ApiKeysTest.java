package io.sluice.job.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The keys of the service, made and used by many at once. */
final class ApiKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

  @TempDir private Path directory = Path.of("");
  private Database database;
  private ApiKeys keys;

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    database = Database.open(DatabaseSettings.embedded(directory));
    keys = new ApiKeys(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aNameIsTakenOnceHoweverManyWantItAtOnce() {
    List<String> made = Objects.requireNonNull(atOnce(16, n -> made("ci")).block());

    List<String> real = made.stream().filter(key -> !key.isEmpty()).toList();
    assertThat(real).hasSize(1);
    assertThat(keys.find(real.get(0), NOW))
        .hasValueSatisfying(
            key -> {
              assertThat(key.name()).isEqualTo("ci");
              assertThat(key.role()).isEqualTo(Role.VIEWER);
            });
  }

  @Test
  void aKeyIsFoundByAllWhoUseItAtOnce() {
    String key = keys.make("ci", Role.OPERATOR, NOW);

    List<Optional<ApiKey>> found =
        Objects.requireNonNull(atOnce(16, n -> keys.find(key, NOW.plusSeconds(n * 100L))).block());

    assertThat(found).hasSize(16).containsOnly(keys.find(key, NOW));
    assertThat(found.get(0)).isPresent();
  }

  @Test
  void aKeyIsNotTheOneThatHadItsNameBefore() {
    String first = keys.make("ci", Role.OPERATOR, NOW);
    ApiKey before = keys.find(first, NOW).orElseThrow();
    keys.remove("ci");
    ApiKey after = keys.find(keys.make("ci", Role.OPERATOR, NOW), NOW).orElseThrow();

    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(keys.holds(before, NOW)).isFalse();
    assertThat(keys.holds(after, NOW)).isTrue();
    assertThat(keys.holds(new ApiKey(after.id(), "ci", Role.VIEWER), NOW)).isFalse();
  }

  @Test
  void aKeyThatIsRemovedOpensNothing() {
    String key = keys.make("ci", Role.OPERATOR, NOW);
    assertThat(keys.find(key + "x", NOW)).isEmpty();
    assertThat(keys.remove("ci")).isTrue();
    assertThat(keys.remove("ci")).isFalse();
    assertThat(keys.find(key, NOW)).isEmpty();
    assertThat(keys.any()).isFalse();
  }

  @Test
  void whatIsNoNameIsRefused() {
    for (String name : List.of("", " ci", "a".repeat(65), "a\nb", "a/b")) {
      assertThatThrownBy(() -> keys.make(name, Role.VIEWER, NOW))
          .isInstanceOf(UsageException.class);
    }
  }

  /** The key, or nothing if the name is taken. */
  private String made(String name) {
    try {
      return keys.make(name, Role.VIEWER, NOW);
    } catch (UsageException taken) {
      return "";
    }
  }

  /** One of several that work at the same time. */
  @FunctionalInterface
  private interface Part<T> {
    T of(int number);
  }

  private static <T> Mono<List<T>> atOnce(int many, Part<T> part) {
    return Flux.range(0, many)
        .flatMap(
            n -> Mono.fromCallable(() -> part.of(n)).subscribeOn(Schedulers.boundedElastic()), many)
        .collectList()
        .timeout(Duration.ofSeconds(30));
  }
}
