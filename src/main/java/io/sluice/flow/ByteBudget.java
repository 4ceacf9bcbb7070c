package io.sluice.flow;

import java.util.function.LongSupplier;
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
   * @param bytes how many, at least 0; asked whenever it might be this one's turn
   */
  public Mono<Lease> lease(LongSupplier bytes) {
    return line.enter(() -> {}, () -> take(bytes.getAsLong()));
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
    return new Lease(bytes);
  }

  /** Bytes that may be held until they are released. */
  public final class Lease {
    private long bytes;
    private boolean released;

    private Lease(long bytes) {
      this.bytes = bytes;
    }

    /**
     * Holds so many bytes from now on, since it is known by now how many there are. More are taken
     * without waiting: they are there already.
     */
    public void resize(long held) {
      synchronized (ByteBudget.this) {
        if (!released) {
          leased += held - bytes;
          bytes = held;
        }
      }
      line.drain();
    }

    /** Gives the bytes back; more than once has no effect. */
    public void release() {
      synchronized (ByteBudget.this) {
        if (released) {
          return;
        }
        released = true;
        leases--;
        leased -= bytes;
      }
      line.drain();
    }
  }
}
