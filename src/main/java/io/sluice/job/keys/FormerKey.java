package io.sluice.job.keys;

import java.time.Instant;

/**
 * A key that opens nothing any more.
 *
 * @param removed false if it has expired
 * @param at when that was
 */
public record FormerKey(String name, boolean removed, Instant at) {

  /** Its end, for people. */
  public String text() {
    return "the key '" + name + "' " + (removed ? "was removed at " : "expired at ") + at;
  }
}
