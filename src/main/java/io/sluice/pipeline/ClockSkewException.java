package io.sluice.pipeline;

import java.time.Duration;

/** The clocks of this machine and of the API are too far apart to tell what has expired. */
public final class ClockSkewException extends RuntimeException {
  /** How far apart two clocks may be without anything being wrong. */
  public static final Duration TOLERATED = Duration.ofMinutes(10);

  private static final long serialVersionUID = 1L;

  /**
   * Of clocks that differ.
   *
   * @param ahead how far the API's clock is ahead of this machine's; negative if it is behind
   */
  public ClockSkewException(Duration ahead) {
    super(
        "this machine's clock is "
            + shown(ahead.abs())
            + (ahead.isNegative() ? " ahead of" : " behind")
            + " the API's",
        null,
        false,
        false);
  }

  private static String shown(Duration off) {
    return off.toDays() > 1
        ? off.toDays() + " days"
        : off.toHours() > 1 ? off.toHours() + " hours" : off.toMinutes() + " minutes";
  }
}
