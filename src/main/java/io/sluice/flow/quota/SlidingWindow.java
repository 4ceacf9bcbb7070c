package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.Arrays;

/**
 * A quota that is kept without the server's help. It counts calls by the moment they completed: the
 * server saw a call no later than that, and sees the next one no earlier than its sending, so that
 * no window at the server, whatever its phase and the latency, ever holds more calls than allowed.
 */
final class SlidingWindow {
  private static final int LARGEST = 1 << 28;

  private final long calls;
  private final long window;
  private long[] completed = new long[16];
  private int head;
  private int size;

  SlidingWindow(long calls, Duration window) {
    this.calls = calls;
    this.window = Ticks.nanos(window);
  }

  long calls() {
    return calls;
  }

  long window() {
    return window;
  }

  Quota quota() {
    return new Quota(calls, Duration.ofNanos(window));
  }

  /** Counts a call that completed now. Only the last {@code calls} of them matter. */
  void record(long now) {
    expire(now);
    if (size == Math.min(calls, LARGEST)) {
      head = (head + 1) % completed.length;
      size--;
    }
    if (size == completed.length) {
      grow();
    }
    completed[(head + size++) % completed.length] = now;
  }

  /** Counts the calls that another window has counted. */
  void copy(SlidingWindow other, long now) {
    for (int i = 0; i < other.size; i++) {
      record(other.at(i));
    }
    expire(now);
  }

  /** The calls completed within the last window. */
  int count(long now) {
    expire(now);
    return size;
  }

  /** The calls completed after {@code moment}, as far as they are still kept. */
  int countAfter(long moment) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (at(middle) > moment) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return size - from;
  }

  /** When the next call may go: now or earlier if at once, never if only an answer can tell. */
  long opensAt(long now, int inFlight) {
    expire(now);
    long excess = size + (long) inFlight - calls;
    if (excess < 0) {
      return now;
    }
    return excess < size ? at((int) excess) + window + 1 : Ticks.NEVER;
  }

  /**
   * When the last of so many calls goes, the first of them at {@code from}, if each is answered at
   * once and those in flight are by then.
   */
  long lastOpensAt(long number, long from, int inFlight) {
    int live = countAfter(from - window - 1);
    // A call waits for the one that went a whole quota before it to leave the window.
    long before = live + (long) inFlight - 1 - Math.floorMod(-number, calls);
    long first = from;
    if (before >= 0) {
      long went = before < live ? at(size - live + (int) before) : from;
      first = Math.max(from, went + window + 1);
    }
    return Ticks.after(first, (number - 1) / calls, window + 1);
  }

  /** When the oldest call of the window stops counting, or now. */
  long nextExpiry(long now) {
    expire(now);
    return size == 0 ? now : at(0) + window + 1;
  }

  private void expire(long now) {
    // Exactly one window later still counts: the server's window may include both its ends.
    while (size > 0 && now - completed[head] > window) {
      head = (head + 1) % completed.length;
      size--;
    }
    if (size == 0) {
      head = 0;
    }
  }

  private long at(int index) {
    return completed[(int) (((long) head + index) % completed.length)];
  }

  private void grow() {
    long[] larger = Arrays.copyOf(completed, (int) Math.min(2L * completed.length, LARGEST));
    for (int i = 0; i < size; i++) {
      larger[i] = at(i);
    }
    completed = larger;
    head = 0;
  }
}
