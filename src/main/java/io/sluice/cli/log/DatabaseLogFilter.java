package io.sluice.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.sluice.job.store.Database;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Drops what db-scheduler logs of each statement that fails while the database is away, and what
 * the driver of PostgreSQL logs of each connection that breaks then.
 */
final class DatabaseLogFilter extends TurboFilter {
  private static final String SCHEDULER = "com.github.kagkarlsson.scheduler";
  private static final String DRIVER = "org.postgresql";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    boolean driver = logger.getName().startsWith(DRIVER);
    if (!driver && !logger.getName().startsWith(SCHEDULER)) {
      return FilterReply.NEUTRAL;
    }
    Throwable reported = error == null && arguments != null ? last(arguments) : error;
    boolean away =
        reported != null
            && (Database.isAway(reported) || (driver && reported instanceof IOException));
    return away ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static @Nullable Throwable last(Object[] arguments) {
    return arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable error
        ? error
        : null;
  }
}
