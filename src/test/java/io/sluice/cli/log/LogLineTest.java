package io.sluice.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A line of the log, whatever it quotes. */
final class LogLineTest {
  private static final String FOREIGN = "a\u001b[2J\r\n08:15:30.123 INFO  Jobs forged\u202e";

  @Test
  void foreignTextMakesNoSecondLineAndReachesNoTerminal() {
    String line = new LogLine().doLayout(event(null));

    assertThat(line.lines()).hasSize(1);
    assertThat(line)
        .contains("a\\u001b[2J\\u000d\\u000a08:15:30.123 INFO  Jobs forged\\u202e")
        .doesNotContain("\u001b");
  }

  @Test
  void aStackTraceKeepsItsLinesAndNothingElse() {
    String text = new LogLine().doLayout(event(new IllegalStateException(FOREIGN)));

    assertThat(text).doesNotContain("\u001b", "\u202e", "\t");
    assertThat(text.lines()).anyMatch(line -> line.startsWith("    at io.sluice.cli.log"));
  }

  private static LoggingEvent event(@Nullable Throwable thrown) {
    var logger = new LoggerContext().getLogger("io.sluice.Some");
    return new LoggingEvent("", logger, Level.WARN, "said {}", thrown, new Object[] {FOREIGN});
  }
}
