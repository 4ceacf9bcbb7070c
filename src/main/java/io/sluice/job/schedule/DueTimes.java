package io.sluice.job.schedule;

import io.sluice.config.UsageException;
import io.sluice.job.TextLimit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The moments at which something is due again and again: a cron expression in a time zone.
 *
 * <p>Each matching time of the wall clock is due once, also in the nights in which clocks change: a
 * time that does not exist is due at the next moment that does, and of a time that comes twice the
 * first counts. An expression that matches at least every hour, and at least as often as the clocks
 * are set by, goes by the time that passes instead: every moment at which the clock shows a
 * matching time is due.
 */
public final class DueTimes {
  private static final Duration OFTEN = Duration.ofHours(1);
  private static final String EXAMPLE =
      "five fields: minute, hour, day of the month, month, day of the week, such as 0 2 * * *";

  private final CronExpression expression;
  private final ZoneId zone;
  private final ZoneRules rules;

  private DueTimes(CronExpression expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
    this.rules = zone.getRules();
  }

  /**
   * The times that a cron expression means in a time zone.
   *
   * @param expression five fields: minute, hour, day of the month, month, day of the week
   * @throws UsageException if either cannot be understood, or the times never come
   */
  public static DueTimes of(String expression, String zone) {
    ZoneId id = zone(zone);
    CronExpression times;
    try {
      TextLimit.CRON.require(expression);
      times = CronExpression.of(expression);
    } catch (IllegalArgumentException unusable) {
      throw new UsageException(
          "the times '" + expression + "' cannot be understood: " + unusable.getMessage(), EXAMPLE);
    }
    if (times.from(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
      throw new UsageException(
          "the times '" + expression + "' never come: no month of theirs has such a day",
          "give a day that exists, such as 28 for the end of February");
    }
    return new DueTimes(times, id);
  }

  private static ZoneId zone(String name) {
    try {
      TextLimit.ZONE.require(name);
      return ZoneId.of(name);
    } catch (DateTimeException | IllegalArgumentException unknown) {
      throw new UsageException(
          "there is no time zone '" + name + "'", "write it like Europe/Berlin, or UTC");
    }
  }

  /** The first moment after that one. */
  public Instant after(Instant moment) {
    Instant at = moment;
    LocalDateTime from =
        LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    while (true) {
      ZoneOffsetTransition last = rules.previousTransition(at.plusNanos(1));
      if (last != null
          && last.isOverlap()
          && !goesBy(last)
          && from.isBefore(last.getDateTimeBefore())) {
        // These times have been before the clocks were set back.
        from = last.getDateTimeBefore();
      }
      LocalDateTime match = expression.from(from).orElseThrow();
      ZoneOffsetTransition next = rules.nextTransition(at);
      if (next == null || match.isBefore(next.getDateTimeBefore())) {
        return match.toInstant(rules.getOffset(at));
      } else if (isSkipped(match, next)) {
        return next.getInstant();
      }
      at = next.getInstant();
      from = next.getDateTimeAfter();
    }
  }

  /** The first so many moments after that one, with what clocks in the zone differ from UTC. */
  public List<OffsetDateTime> after(Instant moment, int count) {
    List<OffsetDateTime> times = new ArrayList<>();
    Instant last = moment;
    for (int i = 0; i < count; i++) {
      last = after(last);
      times.add(last.atZone(zone).toOffsetDateTime());
    }
    return times;
  }

  private boolean isSkipped(LocalDateTime time, ZoneOffsetTransition change) {
    return change.isGap() && !goesBy(change) && time.isBefore(change.getDateTimeAfter());
  }

  /** True if the times are so close that a change of the clocks leaves none of them out. */
  private boolean goesBy(ZoneOffsetTransition change) {
    Duration pause = expression.longestPause();
    return pause.compareTo(OFTEN) <= 0 && pause.compareTo(change.getDuration().abs()) <= 0;
  }
}
