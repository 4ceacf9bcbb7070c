package io.sluice.config;

/** Reads a share such as {@code 10%}. */
public final class Percentage {
  private Percentage() {}

  /**
   * The share as a number from 0 to 1.
   *
   * @throws IllegalArgumentException if the text is not a percentage from 0 to 100
   */
  public static double parse(String text) {
    String number = text.strip();
    number = number.endsWith("%") ? number.substring(0, number.length() - 1) : number;
    try {
      double percent = Double.parseDouble(number.strip());
      if (percent >= 0 && percent <= 100) {
        return percent / 100;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the message that says what would be right.
    }
    throw new IllegalArgumentException("'" + text + "' is not a percentage like 10%");
  }
}
