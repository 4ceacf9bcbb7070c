package io.sluice.plan;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When records end, as people write it: a day, or a number of days from the beginning of a run.
 *
 * @param day the last day on which they are wanted, or null
 * @param days how many days from now that is, if {@code day} is null
 */
public record Expiry(@Nullable LocalDate day, int days) {
  /** What an end looks like, for messages about one that does not. */
  public static final String FORMS = "neither a day like 2026-12-31 nor a number of days like 30d";

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern SPAN = Pattern.compile("(\\d{1,5})d");

  /**
   * Reads {@code 2026-12-31} or {@code 30d}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Expiry parse(String text) {
    Matcher span = SPAN.matcher(text);
    if (span.matches()) {
      return new Expiry(null, Integer.parseInt(span.group(1)));
    }
    try {
      if (DAY.matcher(text).matches()) {
        return new Expiry(LocalDate.parse(text), 0);
      }
    } catch (DateTimeException noSuchDay) {
      // Said below.
    }
    throw new IllegalArgumentException("'" + text + "' is " + FORMS);
  }

  /** The last day, for a run that begins on that day. */
  public LocalDate from(LocalDate today) {
    return day == null ? today.plusDays(days) : day;
  }

  @Override
  public String toString() {
    return day == null ? days + "d" : day.toString();
  }
}
