package io.sluice.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.RestartablePostgres;
import io.sluice.config.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a database, and should share the data directory too. */
@Tag("slow")
final class DataDirectoryTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aProcessWithAnotherDataDirectoryIsRefusedUntilItIsSaidThatItTakesItsPlace()
      throws Exception {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    Path other = Files.createDirectory(directory.resolve("other"));
    try (RestartablePostgres postgres = new RestartablePostgres(directory.resolve("postgres"));
        Database database =
            Database.open(new DatabaseSettings(postgres.url(), "postgres", "postgres"))) {
      DataDirectory.requireSame(database, shared);
      DataDirectory.requireSame(database, shared);

      assertThatThrownBy(() -> DataDirectory.requireSame(database, other))
          .isInstanceOfSatisfying(
              UsageException.class,
              refused -> {
                assertThat(refused).hasMessageContainingAll(shared.toString(), other.toString());
                assertThat(refused.hint()).contains("echo ").contains(DataDirectory.FILE);
              });
      assertThat(other).isEmptyDirectory();

      Files.copy(shared.resolve(DataDirectory.FILE), other.resolve(DataDirectory.FILE));
      DataDirectory.requireSame(database, other);
      Path moved = Files.move(shared, directory.resolve("moved"));
      DataDirectory.requireSame(database, moved);
    }
  }
}
