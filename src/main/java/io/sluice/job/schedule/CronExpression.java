package io.sluice.job.schedule;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The five fields of a cron expression, as a wall clock shows their times; or one of the names that
 * cron has for some of them, such as {@code @daily}. If both fields of days are restricted, either
 * is enough; if one begins with an asterisk, both must match (crontab(5)).
 */
final class CronExpression {
  private static final Map<String, String> NAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /** After 400 years the days of the week fall on the same dates again. */
  private static final int DAYS = 146_097;

  private static final int MINUTES = 60;
  private static final int DAY = 24 * MINUTES;

  private final CronField minute;
  private final CronField hour;
  private final CronField day;
  private final CronField month;
  private final CronField weekday;
  private final Duration longestPause;

  private CronExpression(String[] fields) {
    minute = CronField.of(CronField.Kind.MINUTE, fields[0]);
    hour = CronField.of(CronField.Kind.HOUR, fields[1]);
    day = CronField.of(CronField.Kind.DAY, fields[2]);
    month = CronField.of(CronField.Kind.MONTH, fields[3]);
    weekday = CronField.of(CronField.Kind.WEEKDAY, fields[4]);
    longestPause = pause();
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  static CronExpression of(String text) {
    String plain = text.strip();
    String[] fields = NAMES.getOrDefault(plain.toLowerCase(Locale.ROOT), plain).split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("it has " + fields(plain, fields.length));
    }
    return new CronExpression(fields);
  }

  private static String fields(String plain, int count) {
    return plain.isEmpty() ? "no field" : count == 1 ? "one field" : count + " fields";
  }

  /** The longest time between two matches within a day whose date matches, and on to the next. */
  Duration longestPause() {
    return longestPause;
  }

  /** The first match at that time or after it; empty if there is none, ever. */
  Optional<LocalDateTime> from(LocalDateTime time) {
    LocalDateTime whole = time.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime start = whole.equals(time) ? whole : whole.plusMinutes(1);
    LocalDate date = start.toLocalDate();
    if (matches(date)) {
      int today = minuteOfDay(start.getHour() * MINUTES + start.getMinute());
      if (today >= 0) {
        return Optional.of(date.atTime(today / MINUTES, today % MINUTES));
      }
    }
    int first = minuteOfDay(0);
    for (int i = 0; i < DAYS; i++) {
      date = date.plusDays(1);
      if (matches(date)) {
        return Optional.of(date.atTime(first / MINUTES, first % MINUTES));
      }
    }
    return Optional.empty();
  }

  private boolean matches(LocalDate date) {
    if (!month.holds(date.getMonthValue())) {
      return false;
    }
    boolean ofMonth = day.holds(date.getDayOfMonth());
    boolean ofWeek = weekday.holds(date.getDayOfWeek().getValue() % 7);
    return (day.star() || weekday.star()) ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  /** The first minute of the day that matches, at that one or after it; -1 if there is none. */
  private int minuteOfDay(int from) {
    int inHour = from / MINUTES;
    int within = hour.holds(inHour) ? minute.from(from % MINUTES) : -1;
    if (within >= 0) {
      return inHour * MINUTES + within;
    }
    int later = hour.from(inHour + 1);
    return later < 0 ? -1 : later * MINUTES + minute.from(0);
  }

  private Duration pause() {
    int first = minuteOfDay(0);
    int longest = 0;
    int before = first;
    while (before < DAY - 1) {
      int next = minuteOfDay(before + 1);
      if (next < 0) {
        break;
      }
      longest = Math.max(longest, next - before);
      before = next;
    }
    return Duration.ofMinutes(Math.max(longest, first + DAY - before));
  }
}
