package io.sluice.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.option.ServeOptions;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import io.sluice.job.store.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases the service does not even try. */
final class ServeDatabaseTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void anAddressWithASecretIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> database("jdbc:postgresql://anna:hunter2@db/sluice").open())
        .isInstanceOfSatisfying(
            UsageException.class,
            refused -> {
              assertThat(refused).hasMessageStartingWith("--db-url holds a password");
              assertThat(refused.hint()).contains("SLUICE_DB_PASSWORD");
              assertThat(refused.getMessage() + refused.hint()).doesNotContain("hunter2");
            });
    assertThat(directory.resolve("data")).doesNotExist();
  }

  /** Files elsewhere would be open to whoever may read them there. */
  @ParameterizedTest
  @ValueSource(strings = {"postgres://db/sluice", "jdbc:h2:file:/data/jobs", "jdbc:h2:mem:jobs"})
  void whatIsNoAddressOfPostgresIsRefused(String url) {
    assertThatThrownBy(() -> database(url).open())
        .isInstanceOf(UsageException.class)
        .hasMessage("--db-url is not a JDBC URL of PostgreSQL");
  }

  @Test
  void aDirectoryWhoseNameWouldBeReadAsSettingsIsRefusedBeforeAnythingIsMade() {
    ServeOptions options = new ServeOptions();
    options.dataDir.set(directory.resolve("data;INIT=CREATE TABLE x(y int)\\;--"));

    assertThatThrownBy(() -> new ServeDatabase(options, new Environment(Map.of())).open())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("semicolon");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs/1", "uploads/1"})
  void aDirectoryThatHoldsJobsAndNoDatabaseIsRefused(String lone) throws IOException {
    Files.createDirectories(directory.resolve("data").resolve(lone));

    assertThatThrownBy(() -> database(null).open())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("its database is lost or empty");
  }

  /** The embedded database takes the beginning of its file for a new one. */
  @Test
  void aDatabaseThatWasCutOffDoesNotBeginAnew() throws IOException {
    database(null).open().close();
    Path data = directory.resolve("data");
    Files.createDirectories(data.resolve("jobs/1"));
    Path file = data.resolve("jobs.mv.db");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 9000));

    assertThatThrownBy(() -> database(null).open())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("its database is lost or empty");
  }

  @Test
  void theDirectoryOfASharedDatabaseIsRefusedWithoutIt() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve(DataDirectory.FILE), "id");

    assertThatThrownBy(() -> database(null).open())
        .isInstanceOfSatisfying(
            UsageException.class,
            refused -> {
              assertThat(refused).hasMessageContaining("belongs to a PostgreSQL database");
              assertThat(refused.hint()).contains("--db-url");
            });
    assertThat(data.resolve("jobs.mv.db")).doesNotExist();
  }

  @Test
  void aDamagedDatabaseIsRefusedWithWhatToDo() throws IOException {
    Files.createDirectory(directory.resolve("data"));
    Files.write(directory.resolve("data/jobs.mv.db"), new byte[40_000]);

    assertThatThrownBy(() -> database(null).open())
        .isInstanceOfSatisfying(
            UsageException.class,
            refused ->
                assertThat(refused.hint()).contains("put back a copy of the file jobs.mv.db"));
  }

  @Test
  void withoutAHomeToWriteInADirectoryIsAskedFor() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Environment environment = new Environment(Map.of("HOME", file.toString()));

    assertThatThrownBy(() -> new ServeDatabase(new ServeOptions(), environment).open())
        .isInstanceOfSatisfying(
            UsageException.class, refused -> assertThat(refused.hint()).contains("--data-dir"));
  }

  private ServeDatabase database(@Nullable String url) {
    ServeOptions options = new ServeOptions();
    if (url != null) {
      options.dbUrl.set(url);
    }
    options.dataDir.set(directory.resolve("data"));
    return new ServeDatabase(options, new Environment(Map.of()));
  }
}
