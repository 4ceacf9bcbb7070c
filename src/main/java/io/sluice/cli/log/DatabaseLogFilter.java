package io.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.sluice.job.store.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Drops what db-scheduler logs of each statement that fails while the database is away. */
final class DatabaseLogFilter extends TurboFilter {
  private static final String SCHEDULER = "com.github.kagkarlsson.scheduler";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    if (!logger.getName().startsWith(SCHEDULER)) {
      return FilterReply.NEUTRAL;
    }
    Throwable reported = error == null && arguments != null ? last(arguments) : error;
    return reported != null && Database.isAway(reported) ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static @Nullable Throwable last(Object[] arguments) {
    return arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable error
        ? error
        : null;
  }
}
