package io.sluice.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often one call was sent, repetitions after a 429 or an outage included. Whoever wants
 * to know hands one to {@link Dispatcher#send(Repetition, Attempts, java.util.function.Function)}
 * and may read it at any time, also after a failure or a cancellation. Thread-safe.
 */
public final class Attempts {
  private final AtomicInteger made = new AtomicInteger();

  /** How often the call was sent so far. */
  public int made() {
    return made.get();
  }

  void add() {
    made.incrementAndGet();
  }
}
