package io.sluice.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of a run, such as {@code 2026-11-21T020000Z-0k7f3q}. As text it sorts by the millisecond
 * in which the run began; four random digits tell runs of one millisecond apart.
 *
 * @param text the name, fit for a directory and for a URL
 */
public record RunId(String text) {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{6}Z-[0-9a-z]{6}");

  private static final int RADIX = 36;

  /** A new name for a run that begins at that time. */
  public static RunId at(Instant start) {
    int millis = start.get(ChronoField.MILLI_OF_SECOND);
    int random = ThreadLocalRandom.current().nextInt(RADIX * RADIX * RADIX * RADIX);
    return new RunId(SECOND.format(start) + "-" + digits(millis, 2) + digits(random, 4));
  }

  /** True if the text can be the name of a run. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  private static String digits(int number, int width) {
    String digits = Integer.toString(number, RADIX);
    return "0".repeat(width - digits.length()) + digits;
  }

  @Override
  public String toString() {
    return text;
  }
}
