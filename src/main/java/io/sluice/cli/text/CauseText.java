package io.sluice.cli.text;

import io.sluice.report.FailureCause;
import io.sluice.report.RowResult;
import org.jspecify.annotations.Nullable;

/** Says why rows went wrong. */
public final class CauseText {
  private CauseText() {}

  /** One row of possibly many that go wrong like this. */
  public static String ofRow(RowResult result) {
    return result.outcome().label()
        + ": "
        + where(result.line(), result.key())
        + ": "
        + why(result.code(), result.message())
        + (result.ray() == null ? "" : "  [cf-ray " + result.ray() + "]");
  }

  /**
   * All rows that went wrong in the same way.
   *
   * @param end what ended the run, which is told elsewhere; null if nothing did
   */
  public static String of(FailureCause cause, @Nullable String end) {
    boolean ended = cause.message() != null && cause.message().equals(end);
    return Printable.safe(
        Printable.count(cause.count())
            + " "
            + cause.outcome().label()
            + ": "
            + (ended ? "the run ended before that was known" : why(cause.code(), cause.message()))
            + "  ("
            + (cause.count() > 1 ? "first: " : "")
            + where(cause.line(), cause.key())
            + ")");
  }

  private static String where(long line, String key) {
    String place = line == 0 ? "" : "line " + line;
    return place + (place.isEmpty() || key.isEmpty() ? "" : ", ") + key;
  }

  private static String why(@Nullable String code, @Nullable String message) {
    String number = code != null && code.chars().allMatch(Character::isDigit) ? code + " " : "";
    return message == null ? String.valueOf(code) : number + message;
  }
}
