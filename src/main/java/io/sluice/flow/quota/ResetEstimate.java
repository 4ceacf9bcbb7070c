package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import org.jspecify.annotations.Nullable;

/**
 * When the current window of a policy ends: an interval that every answer of the window tightens.
 * An answer says at some moment between sending and receiving that {@code t} whole seconds are
 * left, rounded up or down, and a window never lasts longer than its length.
 */
final class ResetEstimate {
  private static final long SECOND = 1_000_000_000L;

  /** The length of a window of which answers tell nothing at all. */
  static final long UNTOLD = 60 * SECOND;

  private static final long HALF = SECOND / 2;

  private long lastSent = Long.MIN_VALUE;
  private long sentPlusTold = Long.MIN_VALUE;
  private long receivedPlusTold = Ticks.NEVER;
  private long latest = Ticks.NEVER;

  /**
   * @param told the time to the reset as told; null if it was not
   * @param window the length of the window; zero if not known
   */
  static ResetEstimate of(long sent, long received, @Nullable Long told, long window) {
    ResetEstimate estimate = new ResetEstimate();
    estimate.lastSent = sent;
    if (told != null) {
      estimate.sentPlusTold = sent + told;
      estimate.receivedPlusTold = received + told;
    }
    if (window > 0) {
      estimate.latest = received + window;
    } else if (told == null) {
      estimate.latest = received + UNTOLD;
    }
    return estimate;
  }

  /** No window ends before this, as far as answers tell. */
  long low(Rounding rounding) {
    long told = sentPlusTold;
    if (told != Long.MIN_VALUE && !rounding.isDown()) {
      told -= SECOND;
    }
    return Math.min(Math.max(lastSent, told), high(rounding));
  }

  /** The window is certainly over after this. */
  long high(Rounding rounding) {
    long told = receivedPlusTold;
    if (told != Ticks.NEVER && !rounding.isUp()) {
      told += SECOND;
    }
    return Math.min(told, latest);
  }

  boolean isSurelyAfter(ResetEstimate other, Rounding rounding) {
    return low(rounding) > other.high(rounding);
  }

  /** Adds what another answer of the same window told; starts over from it if they contradict. */
  void tighten(ResetEstimate other, Rounding rounding) {
    long told = receivedPlusTold;
    if (told != Ticks.NEVER && other.lastSent > told + HALF && other.lastSent <= told + SECOND) {
      rounding.sawDown();
    }
    if (Math.max(lowest(), other.lowest()) > Math.min(highest(), other.highest())) {
      lastSent = other.lastSent;
      sentPlusTold = other.sentPlusTold;
      receivedPlusTold = other.receivedPlusTold;
      latest = other.latest;
      return;
    }
    lastSent = Math.max(lastSent, other.lastSent);
    sentPlusTold = Math.max(sentPlusTold, other.sentPlusTold);
    receivedPlusTold = Math.min(receivedPlusTold, other.receivedPlusTold);
    latest = Math.min(latest, other.latest);
  }

  /** Adds only by when the window is over. */
  void tightenHigh(ResetEstimate other) {
    if (Math.min(other.receivedPlusTold, other.latest) >= lowest()) {
      receivedPlusTold = Math.min(receivedPlusTold, other.receivedPlusTold);
      latest = Math.min(latest, other.latest);
    }
  }

  /** Learns from the fact that the next window had begun by {@code seen}. */
  void endedBy(long seen, Rounding rounding) {
    // Before the lowest bound it ended for no known reason: that says nothing about rounding.
    if (seen >= lowest() && seen < lowest() + HALF && sentPlusTold != Long.MIN_VALUE) {
      rounding.sawUp();
    }
  }

  private long lowest() {
    return sentPlusTold == Long.MIN_VALUE ? lastSent : sentPlusTold - SECOND;
  }

  private long highest() {
    long told = receivedPlusTold == Ticks.NEVER ? receivedPlusTold : receivedPlusTold + SECOND;
    return Math.min(told, latest);
  }
}
