package io.sluice.config;

/** Shares such as {@code 10%}. */
public final class Percentage {
  /** More than the error of a product of binary fractions, less than any difference that counts. */
  private static final double ROUNDING = 1e-12;

  private Percentage() {}

  /**
   * How many that share of a whole is, rounded down. 29% of 100 is 29, although {@code 0.29 * 100}
   * is less.
   */
  public static long of(double share, long whole) {
    return (long) Math.floor(share * whole * (1 + ROUNDING));
  }

  /**
   * The share as a number from 0 to 1.
   *
   * @throws IllegalArgumentException if the text is not a percentage from 0% to 100%, its sign
   *     included
   */
  public static double parse(String text) {
    String written = text.strip();
    boolean signed = written.endsWith("%");
    String number = signed ? written.substring(0, written.length() - 1).strip() : written;
    String wanted = "a percentage like 10%";
    try {
      double percent = Double.parseDouble(number);
      if (signed && percent >= 0 && percent <= 100) {
        return percent / 100;
      } else if (percent >= 0 && percent <= 100) {
        wanted =
            "a percentage: write it with the sign, as in " + (percent < 1 ? "25" : number) + "%";
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the message that says what would be right.
    }
    throw new IllegalArgumentException("'" + text + "' is not " + wanted);
  }
}
