package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a window ends, by what an answer announced: so many whole seconds later, rounded up or down,
 * than some moment between the call and its answer; and never more than the window's length later.
 *
 * @param from no earlier than this
 * @param asAnnounced by then if the server rounds up; {@code by} if it announced nothing
 * @param by surely by then
 */
record WindowEnd(long from, long asAnnounced, long by) {
  private static final long SECOND = 1_000_000_000L;

  /** The length of a window of which answers announce nothing at all. */
  static final long UNANNOUNCED = 60 * SECOND;

  /**
   * @param sent when the call went
   * @param left the time to the reset as announced
   * @param length of the window; zero if not known
   */
  static WindowEnd of(long sent, long now, @Nullable Duration left, long length) {
    if (left == null) {
      long by = now + (length > 0 ? length : UNANNOUNCED);
      return new WindowEnd(sent, by, by);
    }
    long announced = Ticks.nanos(left);
    long longest = length > 0 ? Math.min(length, announced + SECOND) : announced + SECOND;
    long by = now + longest;
    return new WindowEnd(sent + announced - SECOND, Math.min(now + announced, by), by);
  }

  /** What two answers of one window announce together. */
  WindowEnd and(WindowEnd other) {
    return asAnnounced <= other.asAnnounced && by <= other.by
        ? this
        : new WindowEnd(
            Math.max(from, other.from),
            Math.min(asAnnounced, other.asAnnounced),
            Math.min(by, other.by));
  }
}
