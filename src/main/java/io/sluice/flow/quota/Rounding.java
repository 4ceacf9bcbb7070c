package io.sluice.flow.quota;

/**
 * What is known about how a server rounds the time to the reset to whole seconds. Learned from
 * resets that were observed; evidence both ways means that it rounds to the nearest, or that
 * nothing can be relied on.
 */
final class Rounding {
  private static final int ENOUGH = 2;

  private int up;
  private int down;

  /** The reset was observed to come well before the told time was over. */
  void sawUp() {
    up++;
  }

  /** The window was observed to go on well after the told time was over. */
  void sawDown() {
    down++;
  }

  /** What looked like resets were none. */
  void forget() {
    up = 0;
    down = 0;
  }

  boolean isUp() {
    return up >= ENOUGH && down == 0;
  }

  boolean isDown() {
    return down >= ENOUGH && up == 0;
  }
}
