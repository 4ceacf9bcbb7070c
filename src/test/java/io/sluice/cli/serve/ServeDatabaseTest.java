package io.sluice.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.cli.option.ServeOptions;
import io.sluice.config.Environment;
import io.sluice.config.UsageException;
import java.nio.file.Path;
import java.util.Map;
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
    options.dataDir = directory.resolve("data;INIT=CREATE TABLE x(y int)\\;--");

    assertThatThrownBy(() -> new ServeDatabase(options, new Environment(Map.of())).open())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("semicolon");
    assertThat(directory).isEmptyDirectory();
  }

  private ServeDatabase database(String url) {
    ServeOptions options = new ServeOptions();
    options.dbUrl = url;
    options.dataDir = directory.resolve("data");
    return new ServeDatabase(options, new Environment(Map.of()));
  }
}
