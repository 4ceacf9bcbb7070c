package io.sluice.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request that is given up interrupts the thread that works for it. Java closes a file that an
 * interrupted thread reads or writes, which must not take the embedded database away from all.
 */
final class InterruptedDatabaseTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void anInterruptedThreadDoesNotCloseTheDatabase() {
    try (Database database = Database.open(DatabaseSettings.embedded(directory))) {
      database.jdbi().useHandle(handle -> handle.execute("create table t (x varchar)"));
      try {
        Thread.currentThread().interrupt();
        assertThatCode(
                () ->
                    database
                        .jdbi()
                        .useHandle(
                            handle -> {
                              handle.execute("insert into t values (repeat('x', 100000))");
                              Thread.currentThread().interrupt();
                              handle.execute("checkpoint sync");
                            }))
            .doesNotThrowAnyException();
      } finally {
        // JUnit's thread goes on.
        Thread.interrupted();
      }
      assertThat(database.answers()).isTrue();
      int length =
          database
              .jdbi()
              .withHandle(
                  handle ->
                      handle.createQuery("select length(x) from t").mapTo(Integer.class).one());
      assertThat(length).isEqualTo(100_000);
    }
  }
}
