package io.sluice.flow.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often one call was sent, repetitions after a 429 or an outage included. Who sends the
 * call is handed one, and may read it at any time, also after a failure or a cancellation, or bar
 * the call as long as it was not sent. Thread-safe.
 */
public final class AttemptCount {
  private static final int BARRED = -1;

  private final AtomicInteger made = new AtomicInteger();
  private volatile long firstNanos;

  /** The call was not sent, as that was barred. */
  public static final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotSentException() {
      super("the call is not to be sent any more", null, false, false);
    }
  }

  /** How often the call was sent so far. */
  public int made() {
    return Math.max(0, made.get());
  }

  /** How long ago it was sent for the first time; nothing if it was not. */
  public Duration sinceFirst() {
    long first = firstNanos;
    return first == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - first);
  }

  /** Counts an attempt that is made now; false if it must not be made. */
  public boolean add() {
    int before = made.getAndUpdate(attempts -> attempts == BARRED ? BARRED : attempts + 1);
    if (before == 0) {
      firstNanos = System.nanoTime() | 1;
    }
    return before != BARRED;
  }

  /** Keeps the call from being sent; false if it was sent before. */
  public boolean bar() {
    return made.compareAndSet(0, BARRED) || made.get() == BARRED;
  }
}
