package io.sluice.flow.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often one call was sent, repetitions after a 429 or an outage included. Who sends the
 * call is handed one, and may read it at any time, also after a failure or a cancellation.
 * Thread-safe.
 */
public final class AttemptCount {
  private final AtomicInteger made = new AtomicInteger();
  private volatile long firstNanos;

  /** How often the call was sent so far. */
  public int made() {
    return made.get();
  }

  /** How long ago it was sent for the first time; nothing if it was not. */
  public Duration sinceFirst() {
    long first = firstNanos;
    return first == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - first);
  }

  public void add() {
    if (made.getAndIncrement() == 0) {
      firstNanos = System.nanoTime() | 1;
    }
  }
}
