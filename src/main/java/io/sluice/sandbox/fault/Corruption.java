package io.sluice.sandbox.fault;

import java.time.Duration;

/**
 * How an answer is damaged on its way.
 *
 * @param way what is done to it
 * @param interval between two bytes, for one that drips
 * @param bytes at least this many, for one that is huge
 */
public record Corruption(Way way, Duration interval, long bytes) {
  /** The kinds of damage. */
  public enum Way {
    TRUNCATED,
    CHUNKS_CUT_OFF,
    HALF_JSON,
    DRIP,
    HUGE,
    PRETTY
  }
}
