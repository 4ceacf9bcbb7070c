package io.sluice.pipeline.imports.apply;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many rows for calls of their own share an intent: as many as may be sent at once, for after
 * an abrupt end each of them has to be looked up; and more where calls are so fast that intents
 * would follow each other within milliseconds, each of which waits for the disk. Not thread-safe.
 */
final class IntentSize {
  private static final int MOST = 128;
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final int least;
  private final LongSupplier nanoTime;
  private int size;
  private long before;

  /**
   * @param least how many may be sent at once
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  IntentSize(int least, LongSupplier nanoTime) {
    this.least = least;
    this.nanoTime = nanoTime;
    this.size = least;
    this.before = nanoTime.getAsLong();
  }

  /** How many rows the next one takes; asked once for each. */
  int next() {
    long now = nanoTime.getAsLong();
    int other = now - before < SHORT_NANOS ? Math.min(MOST, 2 * size) : size / 2;
    before = now;
    size = Math.max(least, other);
    return size;
  }
}
