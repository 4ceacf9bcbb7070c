package io.sluice.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseErrorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"08001", "08006", "57P01", "57P02", "57P03", "53300", "53100", "40001", "25006"})
  void anOutageIsNoDefect(String state) {
    assertThat(DatabaseErrors.away(new IllegalStateException(new SQLException("x", state))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "22001", "42601", "42P01", "23503"})
  void wrongDataAndWrongStatementsAreDefects(String state) {
    assertThat(DatabaseErrors.away(new IllegalStateException(new SQLException("x", state))))
        .isFalse();
  }

  @Test
  void aFullDiskBelowTheDatabaseIsAnOutage() {
    SQLException full =
        new SQLException("General error", "HY000", 50_000, new IOException("No space left"));
    assertThat(DatabaseErrors.lost(full)).isTrue();
  }

  @Test
  void aPoolThatIsBusyIsAskedAgainAndKeepsItsConnections() {
    SQLException busy = new SQLTransientConnectionException("Connection is not available");
    assertThat(DatabaseErrors.away(busy)).isTrue();
    assertThat(DatabaseErrors.lost(busy)).isFalse();
  }

  @Test
  void whatIsNoErrorOfTheDatabaseIsNoOutage() {
    assertThat(DatabaseErrors.away(new IllegalStateException(new IOException("disk full"))))
        .isFalse();
  }
}
