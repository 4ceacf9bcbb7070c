package io.sluice.flow;

/**
 * What is known about how a server rounds the time to the reset to whole seconds. Learned from
 * resets that were observed; evidence both ways means that it rounds to the nearest, or that
 * nothing can be relied on.
 */
final class Rounding {
  private boolean up;
  private boolean down;

  /** The reset was observed to come well before the told time was over. */
  void sawUp() {
    up = true;
  }

  /** The window was observed to go on well after the told time was over. */
  void sawDown() {
    down = true;
  }

  /** What looked like resets were none. */
  void forget() {
    up = false;
    down = false;
  }

  boolean isUp() {
    return up && !down;
  }

  boolean isDown() {
    return down && !up;
  }
}
