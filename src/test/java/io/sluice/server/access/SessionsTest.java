package io.sluice.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.TestClock;
import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.ConsoleSessions;
import io.sluice.job.keys.Role;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.sluice.server.http.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of keys that are kept, and of the one that ends with the process. */
final class SessionsTest {
  private static final Duration LITTLE = Duration.ofMinutes(1);

  @TempDir private Path directory = Path.of("");
  private final TestClock clock = new TestClock(Duration.ZERO);
  private Database database;
  private Sessions sessions;
  private ApiKey anna;

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    database = Database.open(DatabaseSettings.embedded(directory));
    ApiKeys keys = new ApiKeys(database);
    anna =
        keys.find(keys.make("anna", Role.VIEWER, clock.instant()), clock.instant()).orElseThrow();
    sessions = process();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Sessions process() {
    return new Sessions(new ConsoleSessions(database), clock);
  }

  @Test
  void whatIsKeptIsKnownToEveryProcessUntilItIsEnded() {
    String token = sessions.begin(anna);
    Sessions other = process();
    Session there = other.use(token).orElseThrow();

    assertThat(there.key()).isEqualTo(anna);
    assertThat(there.csrf()).isEqualTo(sessions.use(token).orElseThrow().csrf());
    assertThat(sessions.holds(there)).isTrue();
    other.end(token);
    assertThat(sessions.use(token)).isEmpty();
    assertThat(sessions.holds(there)).isFalse();
  }

  @Test
  void theSessionsOfAPassingKeyEndWithTheirProcess() {
    String token = sessions.begin(Keyring.PASSING);
    Session session = sessions.use(token).orElseThrow();

    assertThat(session.key()).isEqualTo(Keyring.PASSING);
    assertThat(process().use(token)).isEmpty();
    clock.advance(ConsoleSessions.IDLE.minus(LITTLE));
    assertThat(sessions.use(token)).isPresent();
    clock.advance(ConsoleSessions.IDLE.plus(LITTLE));
    assertThat(sessions.holds(session)).isFalse();
    assertThat(sessions.use(token)).isEmpty();
    clock.advance(ConsoleSessions.IDLE.negated());
    assertThat(sessions.use(token)).describedAs("ended for good").isEmpty();
  }

  @Test
  void theSessionsOfAPassingKeyEndHoweverMuchTheyAreUsed() {
    String token = sessions.begin(Keyring.PASSING);
    for (Duration age = Duration.ZERO;
        age.compareTo(ConsoleSessions.LONGEST) < 0;
        age = age.plusHours(6)) {
      assertThat(sessions.use(token)).describedAs("after %s", age).isPresent();
      clock.advance(Duration.ofHours(6));
    }
    assertThat(sessions.use(token)).isEmpty();
  }

  @Test
  void eachSessionHasATokenOfItsOwnAgainstForeignPages() {
    String first = sessions.begin(anna);
    String second = sessions.begin(anna);

    assertThat(first).hasSizeGreaterThan(40).isNotEqualTo(second);
    assertThat(sessions.use(first).orElseThrow().csrf())
        .isNotEqualTo(sessions.use(second).orElseThrow().csrf())
        .isNotEqualTo(first)
        .isNotEqualTo(ApiKeys.hash(first));
  }
}
