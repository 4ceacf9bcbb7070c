package io.sluice.pipeline.imports.apply;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Records that were surely there at some moment: whoever reads a listing from its newest record
 * back to one of them has seen everything that was made after that moment. Keeps the latest few.
 * Thread-safe.
 */
public final class RecentWrites {
  private static final int KEPT = 256;

  /** The server's clock may tell no more than seconds. */
  private static final long MARGIN_NANOS = 2_000_000_000L;

  private final Deque<Made> latest = new ArrayDeque<>();

  private record Made(String id, long nanos) {}

  /** The record of that id is there now. */
  synchronized void add(String id) {
    if (id.isEmpty()) {
      return;
    }
    if (latest.size() == KEPT) {
      latest.removeFirst();
    }
    latest.addLast(new Made(id, System.nanoTime()));
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
