package io.sluice.flow.quota;

import org.jspecify.annotations.Nullable;

/**
 * Single calls, out of the reserve, that find out around a window's reset whether the next window
 * has begun.
 */
final class HalfOpenProbe {
  private static final long SHORTEST_SPACING = 20_000_000L;
  private static final int MOST = 10;

  private @Nullable IssuedPermit probe;
  private long sentAt = Long.MIN_VALUE / 2;
  private int sent;
  private int idleWindows;
  private int skip;

  /**
   * When the next probe may go.
   *
   * @param low no earlier than this does the window end
   * @param high the window is over after this
   * @param left the calls that the window still allows
   * @param reserved those that it shall leave to others
   */
  long opensAt(long low, long high, long left, long reserved, long now) {
    if (now < low) {
      return low;
    }
    // Half of the reserve at most goes into probing, and never the last of it: others use it too.
    long chances = Math.min(Math.min(left, (reserved + 1) / 2 - sent), MOST - sent);
    if (probe != null || chances <= 0 || skip > 0 || left <= reserved / 4) {
      return high;
    }
    long from = Math.max(low, sentAt);
    return Math.min(high, sentAt + Math.max(SHORTEST_SPACING, (high - from) / (chances + 1)));
  }

  /** The call is sent as a probe. */
  void issued(IssuedPermit call, long now) {
    probe = call;
    sentAt = now;
    sent++;
  }

  /** A call ended, in whatever way. */
  void settled(IssuedPermit call) {
    if (probe == call) {
      probe = null;
    }
  }

  boolean isUnderWay() {
    return probe != null;
  }

  /** The probes since the window began, or was over. */
  int sent() {
    return sent;
  }

  /** An answer told that another window began before the last one was surely over. */
  void found() {
    idleWindows = 0;
  }

  /** Where probes find nothing before the reset is certain, they are left out for some windows. */
  void windowOver() {
    if (skip > 0) {
      skip--;
    } else if (sent > 0) {
      skip = 1 << Math.min(idleWindows++, 5);
    }
    sent = 0;
  }

  void windowBegan() {
    sent = 0;
  }
}
