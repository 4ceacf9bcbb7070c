package io.sluice.flow;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Bounds the bytes that are held in memory at a time, such as pages read ahead. Thread-safe. */
public final class ByteBudget {
  private final long capacity;
  private final FifoGate<Lease> line = new FifoGate<>(Lease::release, Lease::release, () -> {});
  private long leased;
  private int leases;

  private ByteBudget(long capacity) {
    this.capacity = capacity;
  }

  /**
   * A budget of which nothing is leased.
   *
   * @param bytes how many may be leased at a time
   */
  public static ByteBudget create(long bytes) {
    return new ByteBudget(bytes);
  }

  /**
   * Waits, first come, first served, until so many bytes fit, or until nothing at all is leased: a
   * demand beyond the whole budget is met alone. Nothing happens before it is subscribed to.
   * Cancelling leaves the queue, or returns what was leased.
   *
   * @throws IllegalArgumentException if the number of bytes is negative
   */
  public Mono<Lease> lease(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("A lease is of at least 0 bytes, not " + bytes);
    }
    return line.enter(() -> {}, () -> take(bytes));
  }

  /** The bytes that are leased now. */
  public synchronized long leased() {
    return leased;
  }

  private synchronized @Nullable Lease take(long bytes) {
    if (leases > 0 && bytes > capacity - leased) {
      return null;
    }
    leases++;
    leased += bytes;
    return new Lease(this, bytes);
  }

  private void giveBack(long bytes) {
    synchronized (this) {
      leases--;
      leased -= bytes;
    }
    line.drain();
  }

  /** Bytes that may be held until they are released. */
  public static final class Lease {
    private final ByteBudget budget;
    private final long bytes;
    private final AtomicBoolean released = new AtomicBoolean();

    private Lease(ByteBudget budget, long bytes) {
      this.budget = budget;
      this.bytes = bytes;
    }

    /** Gives the bytes back; more than once has no effect. */
    public void release() {
      if (released.compareAndSet(false, true)) {
        budget.giveBack(bytes);
      }
    }
  }
}
