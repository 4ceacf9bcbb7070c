package io.sluice.pipeline.insight.regex;

import io.sluice.pipeline.insight.regex.Backtracking.Fit;

/**
 * A text on which an expression is very slow: an attack in three parts.
 *
 * @param before what leads up to the repetition
 * @param pump what is repeated
 * @param times how often
 * @param end what does not fit
 * @param whole whether it is slow only where the expression has to match the whole text
 * @param proven whether the expression was slow on it; else only what it looks ahead or back for,
 *     or refers to, kept it from being so
 */
public record SlowText(
    String before, String pump, int times, String end, boolean whole, boolean proven) {

  SlowText(String before, String pump, int times, String end, Fit fit) {
    this(before, pump, times, end, fit == Fit.WHOLE, true);
  }

  SlowText times(int more) {
    return new SlowText(before, pump, more, end, whole, proven);
  }

  SlowText unproven() {
    return new SlowText(before, pump, times, end, whole, false);
  }

  Fit fit() {
    return whole ? Fit.WHOLE : Fit.ANYWHERE;
  }

  /** The text itself. */
  public String text() {
    return before + pump.repeat(times) + end;
  }

  /** How the text is made, in words. */
  public String words() {
    String start = before.isEmpty() ? "" : quoted(before) + ", then ";
    String stop = end.isEmpty() ? "" : ", then " + quoted(end);
    return start + quoted(pump) + " " + times + " times" + stop;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") + "'";
  }
}
