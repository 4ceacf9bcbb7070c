package io.sluice.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.LogLines;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What the driver of PostgreSQL logs, which knows nothing of SLF4J. */
final class LogSetupTest {
  private static final String DRIVER = "org.postgresql";

  private final Logger root = Logger.getLogger("");
  private final Handler[] before = root.getHandlers();

  @AfterEach
  void restore() {
    SLF4JBridgeHandler.uninstall();
    for (Handler handler : before) {
      root.addHandler(handler);
    }
  }

  @Test
  void aWarningOfTheDriverIsALineOfTheLogAndWrittenNowhereElse() {
    try (LogLines lines = LogLines.of(DRIVER)) {
      LogSetup.takeOverLibraries();
      Logger.getLogger(DRIVER + ".Driver").log(Level.WARNING, "no such setting: {0}", "colour");
      assertThat(lines.all()).containsExactly("WARN no such setting: colour");
      assertThat(root.getHandlers()).hasExactlyElementsOfTypes(SLF4JBridgeHandler.class);
    }
  }

  @Test
  void connectionsThatBreakWhileTheDatabaseIsAwayAreNotLogged() {
    try (LogLines lines = LogLines.of(DRIVER)) {
      LogSetup.takeOverLibraries();
      Logger driver = Logger.getLogger(DRIVER + ".core.ConnectionFactory");
      driver.log(Level.WARNING, "Failed to close: {0}", new SocketException("Broken pipe"));
      driver.log(Level.WARNING, "Failed", new SQLException("terminating", "57P01"));
      driver.log(Level.WARNING, "Failed", new SQLException("no such column", "42703"));
      assertThat(lines.all()).containsExactly("WARN Failed");
    }
  }
}
