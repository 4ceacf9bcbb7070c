package io.sluice.server.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts refused sign-ins, by address and minute, of the addresses that came last. Thread-safe. */
final class RefusalCount {
  /** How many sign-ins an address may fail in a minute before it is put off. */
  static final int ALLOWED = 10;

  /** How long refusals are counted together. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int ADDRESSES = 10_000;

  private final Map<String, Window> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > ADDRESSES;
        }
      };

  /**
   * The refusals of one address in one minute.
   *
   * @param before how many the minute before had that were put off
   */
  record Window(Instant begun, int count, int before) {

    boolean putOff() {
      return count > ALLOWED;
    }

    /** How long the address is put off, in whole seconds. */
    long seconds(Instant now) {
      return Math.max(1, Duration.between(now, begun.plus(WINDOW)).toSeconds() + 1);
    }
  }

  /** Counts one more. */
  synchronized Window add(String address, Instant now) {
    Window last = windows.remove(address);
    Window next;
    if (last == null) {
      next = new Window(now, 1, 0);
    } else if (now.isBefore(last.begun().plus(WINDOW))) {
      next = new Window(last.begun(), last.count() + 1, last.before());
    } else {
      next = new Window(now, 1, Math.max(0, last.count() - ALLOWED));
    }
    windows.put(address, next);
    return next;
  }

  /** How many addresses are remembered. */
  synchronized int addresses() {
    return windows.size();
  }
}
