package io.sluice.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.sluice.catalog.pattern.EscapedText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An event as a line of text: {@code 08:15:30.123 WARN Class message}. Nothing in a message makes a
 * second line, or reaches a terminal as a control character. Logback's own pattern would be parsed
 * at every start, though hardly a run ever logs.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(128);
    Clock.FORMAT.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(0, 5 - level.length())));
    String logger = event.getLoggerName();
    line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(' ')
        .append(EscapedText.of(event.getFormattedMessage()))
        .append(System.lineSeparator());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      ThrowableProxyUtil.asString(thrown)
          .lines()
          .map(each -> EscapedText.of(each.replace("\t", "    ")))
          .forEach(each -> line.append(each).append(System.lineSeparator()));
    }
    return line.toString();
  }

  /** Only loaded when something is logged. */
  private static final class Clock {
    static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  }
}
