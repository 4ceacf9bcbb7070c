package io.sluice.pipeline.imports.apply;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Records that were surely there at some moment: whoever reads a listing from its newest record
 * back to one of them has seen everything that was made after that moment. Keeps a few, spread over
 * the last two minutes however fast records are made. Thread-safe.
 */
final class RecentWrites {
  private static final int KEPT = 512;
  private static final long APART_NANOS = 250_000_000L;

  /** The server's clock may tell no more than seconds. */
  private static final long MARGIN_NANOS = 2_000_000_000L;

  private final LongSupplier clock;
  private final Deque<Made> latest = new ArrayDeque<>();

  private record Made(String id, long nanos) {}

  RecentWrites() {
    this(System::nanoTime);
  }

  /**
   * @param clock gives the time as {@link System#nanoTime()} does
   */
  RecentWrites(LongSupplier clock) {
    this.clock = clock;
  }

  /** The record of that id is there now. */
  synchronized void add(String id) {
    long now = clock.getAsLong();
    Made last = latest.peekLast();
    if (id.isEmpty() || (last != null && now - last.nanos() < APART_NANOS)) {
      return;
    }
    if (latest.size() == KEPT) {
      latest.removeFirst();
    }
    latest.addLast(new Made(id, now));
  }

  /** Those that were surely there before that time, of {@link System#nanoTime()}. */
  synchronized Set<String> before(long nanos) {
    Set<String> ids = new HashSet<>();
    for (Made made : latest) {
      if (made.nanos() - (nanos - MARGIN_NANOS) < 0) {
        ids.add(made.id());
      }
    }
    return ids;
  }
}
