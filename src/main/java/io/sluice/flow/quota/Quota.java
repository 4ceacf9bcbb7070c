package io.sluice.flow.quota;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At most {@code calls} calls in any window of length {@code window}.
 *
 * @param calls how many calls, at least one
 * @param window the length of the window, longer than zero
 */
public record Quota(long calls, Duration window) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})/(\\d{1,9})(ms|s|m|h)?");

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if either is not positive
   */
  public Quota {
    if (calls < 1) {
      throw new IllegalArgumentException("A quota allows at least 1 call, not " + calls);
    }
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException("A quota's window is longer than zero, not " + window);
    }
  }

  /**
   * Reads {@code CALLS/WINDOW}, where the window has the unit {@code ms}, {@code s} (also without a
   * unit), {@code m} or {@code h}: {@code 1200/300s}, {@code 60/3}, {@code 100/1m}, {@code
   * 10/500ms}.
   *
   * @throws IllegalArgumentException if the text reads otherwise; the message shows how it should
   */
  public static Quota parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a rate; write CALLS/WINDOW, such as 1200/300s, 100/1m or 10/500ms");
    }
    long amount = Long.parseLong(matcher.group(2));
    String unit = matcher.group(3);
    Duration window =
        switch (unit == null ? "s" : unit) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofSeconds(amount);
        };
    long calls = Long.parseLong(matcher.group(1));
    if (calls == 0 || window.isZero()) {
      throw new IllegalArgumentException(
          "'" + text + "' allows nothing; calls and window are both at least 1, as in 10/1s");
    }
    return new Quota(calls, window);
  }

  /** The quota as {@link #parse} reads it, in seconds if they are whole, else in milliseconds. */
  @Override
  public String toString() {
    return window.toNanosPart() == 0
        ? calls + "/" + window.toSeconds() + "s"
        : calls + "/" + window.toMillis() + "ms";
  }
}
