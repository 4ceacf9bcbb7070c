package io.sluice.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Sends warnings to standard error. In code, as reading XML would cost every start its time. */
public final class LogSetup extends ContextAwareBase implements Configurator {

  /** How lines of the log are written. */
  public enum Format {
    TEXT,
    JSON
  }

  /** Made by Logback, which finds it as a service. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogLine line = new LogLine();
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(line);
    encoder.setCharset(UTF_8);
    encoder.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender(context, encoder));
    // What these warn of, lost connections above all, the pipelines handle and report themselves.
    context.getLogger("reactor.netty").setLevel(Level.OFF);
    context.getLogger("io.netty").setLevel(Level.ERROR);
    // One line tells of a database that is away, and one that it is back; not one each statement.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.OFF);
    context.addTurboFilter(new DatabaseLogFilter());
    // A fatal error ends the run, which says so in words.
    context.getLogger("reactor.core.Exceptions").setLevel(Level.OFF);
    context.getLogger("reactor.core.scheduler.Schedulers").setLevel(Level.OFF);
    // Errors that come after the one that ended a run: a full disk fails everyone who waits for it.
    context.getLogger("reactor.core.publisher.Operators").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Logs what only developers want to know, too. */
  public static void verbose() {
    if (LoggerFactory.getLogger("io.sluice") instanceof Logger own) {
      own.setLevel(Level.DEBUG);
    }
  }

  /**
   * What libraries log by {@code java.util.logging}, as the driver of PostgreSQL does, comes out as
   * all else does, in the format of the log.
   */
  public static void takeOverLibraries() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** Logs what a service is asked for, too. */
  public static void forService(Format format) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    if (context.getLogger("io.sluice").getLevel() == null) {
      context.getLogger("io.sluice").setLevel(Level.INFO);
    }
    if (format == Format.JSON) {
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      root.detachAndStopAllAppenders();
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(context);
      encoder.setWithSequenceNumber(false);
      encoder.setWithNanoseconds(false);
      encoder.setWithContext(false);
      encoder.setWithArguments(false);
      encoder.setWithMessage(false);
      encoder.setWithFormattedMessage(true);
      encoder.start();
      root.addAppender(appender(context, encoder));
    }
  }

  private static ConsoleAppender<ILoggingEvent> appender(
      LoggerContext context, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}
