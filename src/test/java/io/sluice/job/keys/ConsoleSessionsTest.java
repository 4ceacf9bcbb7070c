package io.sluice.job.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.disk.PrivateFiles;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a session of a key of the database lasts. */
final class ConsoleSessionsTest {
  private static final Duration LITTLE = Duration.ofMinutes(1);

  @TempDir private Path directory = Path.of("");
  private Database database;
  private ApiKeys keys;
  private ConsoleSessions sessions;
  private Instant now = Instant.parse("2026-11-22T02:00:00Z");

  @BeforeEach
  void open() throws IOException {
    PrivateFiles.createDirectories(directory);
    database = Database.open(DatabaseSettings.embedded(directory));
    keys = new ApiKeys(database);
    sessions = new ConsoleSessions(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSessionThatIsNotUsedEnds() {
    ApiKey anna = key("anna", Role.OPERATOR);
    sessions.begin("t", anna, now);
    now = now.plus(ConsoleSessions.IDLE).minus(LITTLE);
    assertThat(sessions.use("t", now)).contains(anna);
    now = now.plus(ConsoleSessions.IDLE).minus(LITTLE);
    assertThat(sessions.use("t", now)).contains(anna);
    now = now.plus(ConsoleSessions.IDLE).minus(LITTLE);
    assertThat(sessions.key("t", now)).contains(anna);
    now = now.plus(LITTLE).plus(LITTLE);
    assertThat(sessions.key("t", now)).describedAs("looked at, and not used").isEmpty();
    assertThat(sessions.use("t", now)).isEmpty();
  }

  @Test
  void aSessionEndsHoweverMuchItIsUsed() {
    sessions.begin("t", key("anna", Role.OPERATOR), now);
    Instant end = now.plus(ConsoleSessions.LONGEST);
    while (!now.isAfter(end)) {
      assertThat(sessions.use("t", now)).describedAs("at %s", now).isPresent();
      now = now.plus(Duration.ofHours(6));
    }
    assertThat(sessions.use("t", now)).isEmpty();
  }

  @Test
  void aSessionDoesNotComeBackWithAKeyOfTheSameName() {
    sessions.begin("t", key("anna", Role.OPERATOR), now);
    keys.remove("anna");
    assertThat(sessions.use("t", now)).isEmpty();
    ApiKey other = key("anna", Role.OPERATOR);
    assertThat(sessions.use("t", now)).isEmpty();
    sessions.begin("u", other, now);
    assertThat(sessions.use("u", now)).contains(other);
  }

  @Test
  void aSessionEndsWithAChangeOfItsKeysRole() {
    sessions.begin("t", key("anna", Role.OPERATOR), now);
    database.jdbi().useHandle(handle -> handle.execute("update api_key set role = 'viewer'"));
    assertThat(sessions.use("t", now)).isEmpty();
  }

  @Test
  void aSessionEndsAloneWhenItsOwnerGoes() {
    ApiKey anna = key("anna", Role.OPERATOR);
    sessions.begin("t", anna, now);
    sessions.begin("u", anna, now);
    sessions.end("t");
    sessions.end("no such token");
    assertThat(sessions.use("t", now)).isEmpty();
    assertThat(sessions.use("u", now)).contains(anna);
    assertThat(sessions.use("U", now)).isEmpty();
  }

  @Test
  void onlyHashesAreKeptAndWhatHasEndedIsNot() {
    ApiKey anna = key("anna", Role.OPERATOR);
    sessions.begin("first token", anna, now);
    now = now.plus(ConsoleSessions.IDLE).plus(LITTLE);
    sessions.begin("second token", anna, now);
    List<String> kept =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select hash from console_session")
                        .mapTo(String.class)
                        .list());
    assertThat(kept).containsExactly(ApiKeys.hash("second token"));
  }

  @Test
  void whereAKeyHasTooManyTheOneLeastUsedEnds() {
    ApiKey anna = key("anna", Role.OPERATOR);
    ApiKey other = key("other", Role.VIEWER);
    sessions.begin("of another", other, now);
    sessions.begin("0", anna, now);
    now = now.plusSeconds(1);
    sessions.begin("1", anna, now);
    for (int i = 2; i < ConsoleSessions.MOST; i++) {
      now = now.plusSeconds(1);
      sessions.begin(Integer.toString(i), anna, now);
    }
    now = now.plus(LITTLE).plus(LITTLE);
    assertThat(sessions.use("0", now)).isPresent();
    sessions.begin("new", anna, now);
    assertThat(sessions.use("1", now)).isEmpty();
    assertThat(sessions.use("0", now)).isPresent();
    assertThat(sessions.use("new", now)).isPresent();
    assertThat(sessions.use("of another", now)).contains(other);
  }

  private ApiKey key(String name, Role role) {
    return keys.find(keys.make(name, role, now), now).orElseThrow();
  }
}
