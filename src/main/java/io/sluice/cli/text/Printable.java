package io.sluice.cli.text;

import io.sluice.catalog.pattern.EscapedText;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/** Makes numbers readable and foreign text harmless for a terminal. */
public final class Printable {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Printable() {}

  /** The text with every character that cannot be seen escaped, so that it shows what it is. */
  public static String safe(String text) {
    return EscapedText.of(text);
  }

  /** A number with separators. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A number of things, such as "1 row" and "2,000 rows". */
  public static String count(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** Adds a number of things to a list, unless there are none. */
  static void add(StringJoiner list, long number, String what) {
    if (number > 0) {
      list.add(count(number) + " " + what);
    }
  }

  /** How many were created, changed and deleted. */
  static String changes(long created, long changed, long deleted, String none) {
    StringJoiner list = new StringJoiner(", ");
    list.setEmptyValue(none);
    add(list, created, "created");
    add(list, changed, "changed");
    add(list, deleted, "deleted");
    return list.toString();
  }

  /** A size in binary units. */
  public static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** A time span in seconds, minutes and seconds, or hours and minutes. */
  public static String span(long millis) {
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long seconds = millis / 1000;
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** A time span that nobody knows so precisely: in one unit, rounded up. */
  public static String about(Duration time) {
    long seconds = time.toSeconds() + 1;
    if (seconds < 100) {
      return "about " + seconds + " s";
    }
    long minutes = (seconds + 59) / 60;
    if (minutes < 100) {
      return "about " + minutes + " min";
    }
    long hours = (minutes + 59) / 60;
    return hours < 100 ? "about " + hours + " h" : "about " + (hours + 23) / 24 + " days";
  }
}
