package io.sluice.bench;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param figure what was measured
 * @param spread what it came to; null if it could not be measured
 * @param unit what it is counted in; {@link #TIMES} for a ratio, which are what counts
 * @param reference what it is compared with, or how it was measured
 * @param goal what it shall come to
 */
record Row(String figure, @Nullable Spread spread, String unit, String reference, Goal goal) {
  /** The unit of ratios. */
  static final String TIMES = "×";

  private static final String FAILED = "FAILED: ";

  static Row failed(String figure, String why) {
    return new Row(figure, null, "", FAILED + why, Goal.NONE);
  }

  /** A figure that this machine cannot give. */
  static Row skipped(String figure, String why) {
    return new Row(figure, null, "", "skipped: " + why, Goal.NONE);
  }

  /** Something that is no number, such as where a picture is. */
  static Row noted(String figure, String note) {
    return new Row(figure, null, "", note, Goal.NONE);
  }

  boolean failed() {
    return reference.startsWith(FAILED);
  }

  boolean ratio() {
    return unit.equals(TIMES);
  }
}
