package io.sluice.job.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads when a key is to end by itself. */
public final class KeyExpiry {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,5})(m|h|d)");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private KeyExpiry() {}

  /**
   * The end of a time span such as {@code 12h} or {@code 90d} that begins now.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Instant in(String text, Instant now) {
    Matcher span = SPAN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!span.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a time span like 30m, 12h or 90d");
    }
    long amount = Long.parseLong(span.group(1));
    Duration length =
        switch (span.group(2)) {
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return later(now.plus(length), now);
  }

  /**
   * A date such as {@code 2027-01-31}, which ends with that day in UTC, or a date and a time such
   * as {@code 2027-01-31T18:00:00Z}.
   *
   * @throws IllegalArgumentException if it is neither, or not in the future
   */
  public static Instant at(String text, Instant now) {
    try {
      Instant end =
          DATE.matcher(text).matches()
              ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      return later(end, now);
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time like 2027-01-31 or 2027-01-31T18:00:00Z", none);
    }
  }

  /**
   * Either of them.
   *
   * @throws IllegalArgumentException if it is neither, or not in the future
   */
  public static Instant of(String text, Instant now) {
    return text.indexOf('-') < 0 ? in(text, now) : at(text, now);
  }

  private static Instant later(Instant end, Instant now) {
    if (!end.isAfter(now)) {
      throw new IllegalArgumentException("a key must not have expired when it is made");
    }
    return end;
  }
}
