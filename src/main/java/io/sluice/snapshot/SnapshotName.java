package io.sluice.snapshot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** How snapshots are named: by the second in which they began, so that names sort by time. */
final class SnapshotName {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String TIME = "\\d{4}-\\d{2}-\\d{2}T\\d{6}Z";
  private static final Pattern COMPLETE = Pattern.compile(TIME);
  private static final Pattern LEFTOVER = Pattern.compile("\\." + TIME + "\\.(partial|removing)");

  private SnapshotName() {}

  static String at(Instant start) {
    return FORMAT.format(start);
  }

  static String partial(String name) {
    return "." + name + ".partial";
  }

  static String removing(String name) {
    return "." + name + ".removing";
  }

  static boolean isComplete(String name) {
    return COMPLETE.matcher(name).matches();
  }

  /** True for what an interrupted run leaves behind. */
  static boolean isLeftover(String name) {
    return LEFTOVER.matcher(name).matches();
  }
}
