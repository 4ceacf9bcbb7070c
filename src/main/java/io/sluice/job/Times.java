package io.sluice.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import io.sluice.config.UsageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;

/** When something is due, again and again. */
final class Times {
  private final CronSchedule cron;

  private Times(CronSchedule cron) {
    this.cron = cron;
  }

  /**
   * The times that a cron expression means in a time zone.
   *
   * @param expression five fields: minute, hour, day of the month, month, day of the week
   * @throws UsageException if either cannot be understood
   */
  static Times of(String expression, String zone) {
    ZoneId id;
    try {
      id = ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw new UsageException(
          "there is no time zone '" + zone + "'", "write it like Europe/Berlin, or UTC");
    }
    try {
      Times times = new Times(new CronSchedule(expression, id, CronStyle.UNIX));
      times.after(Instant.now());
      return times;
    } catch (RuntimeException unusable) {
      throw new UsageException(
          "the times '" + expression + "' cannot be understood: " + unusable.getMessage(),
          "five fields: minute, hour, day of the month, month, day of the week, such as 0 2 * * *");
    }
  }

  /** The first time after that moment. */
  Instant after(Instant moment) {
    return cron.getNextExecutionTime(ExecutionComplete.simulatedSuccess(moment));
  }
}
