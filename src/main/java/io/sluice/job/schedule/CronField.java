package io.sluice.job.schedule;

import java.util.List;
import java.util.Locale;

/**
 * One field of a cron expression.
 *
 * @param values the bit of each value that matches
 * @param star whether it begins with an asterisk, which decides how the two fields of days combine
 */
record CronField(long values, boolean star) {

  /** What one of the five fields may hold. */
  enum Kind {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY("day of the month", 1, 31, ""),
    MONTH("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /** Both 0 and 7 are Sunday. */
    WEEKDAY("day of the week", 0, 7, "SUN MON TUE WED THU FRI SAT");

    private final String label;
    private final int least;
    private final int most;

    /** Of the values from the least on, between blanks. */
    private final String names;

    Kind(String label, int least, int most, String names) {
      this.label = label;
      this.least = least;
      this.most = most;
      this.names = names;
    }

    private int value(String text) {
      int named = List.of(names.split(" ")).indexOf(text.toUpperCase(Locale.ROOT));
      if (named >= 0 && !text.isEmpty()) {
        return named + least;
      }
      if (text.matches("[0-9]{1,2}")) {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          "the " + label + " '" + text + "' is not one of " + least + " to " + most);
    }
  }

  /**
   * Reads a field: a list of values, ranges and steps.
   *
   * @throws IllegalArgumentException if it cannot be understood
   */
  static CronField of(Kind kind, String text) {
    long values = 0;
    for (String part : text.split(",", -1)) {
      values |= part(kind, part);
    }
    if (kind == Kind.WEEKDAY && (values & 1L << 7) != 0) {
      values = (values | 1L) & ~(1L << 7);
    }
    return new CronField(values, text.startsWith("*"));
  }

  private static long part(Kind kind, String part) {
    String[] stepped = part.split("/", -1);
    if (stepped.length > 2) {
      throw new IllegalArgumentException("the " + kind.label + " '" + part + "' has two steps");
    }
    int first = kind.least;
    int last = kind == Kind.WEEKDAY ? 6 : kind.most;
    String[] ends = stepped[0].split("-", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException("the " + kind.label + " '" + part + "' is no range");
    } else if (ends.length == 2) {
      first = kind.value(ends[0]);
      last = kind.value(ends[1]);
    } else if (!stepped[0].equals("*")) {
      first = kind.value(ends[0]);
      last = stepped.length == 2 ? last : first;
    }
    if (first > last) {
      throw new IllegalArgumentException(
          "the " + kind.label + " '" + part + "' runs backwards; write two ranges");
    }
    long values = 0;
    for (int value = first;
        value <= last;
        value += stepped.length == 2 ? step(kind, stepped[1]) : 1) {
      values |= 1L << value;
    }
    return values;
  }

  private static int step(Kind kind, String text) {
    // A longer step would come to its first value alone, or to another interval than it says.
    int longest = kind == Kind.WEEKDAY ? 6 : kind.most - kind.least;
    if (text.matches("[0-9]{1,2}")
        && Integer.parseInt(text) > 0
        && Integer.parseInt(text) <= longest) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "the step '/" + text + "' of the " + kind.label + " is not one of 1 to " + longest);
  }

  /** True if the value matches. */
  boolean holds(int value) {
    return (values & 1L << value) != 0;
  }

  /** The first value from that on that matches; -1 if there is none. */
  int from(int value) {
    long left = value > 63 ? 0 : values & -1L << value;
    return left == 0 ? -1 : Long.numberOfTrailingZeros(left);
  }
}
