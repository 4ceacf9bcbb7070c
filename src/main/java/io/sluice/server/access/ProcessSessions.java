package io.sluice.server.access;

import io.sluice.job.keys.ApiKeys;
import io.sluice.job.keys.ConsoleSessions;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of the key that ends with the process, which end with it too. Thread-safe. */
final class ProcessSessions {
  private static final int MOST = 1_000;

  private final Clock clock;

  /** The one that was used last comes last. */
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  private record Held(Instant begun, Instant used) {
    boolean ended(Instant now) {
      return used.plus(ConsoleSessions.IDLE).isBefore(now)
          || begun.plus(ConsoleSessions.LONGEST).isBefore(now);
    }
  }

  ProcessSessions(Clock clock) {
    this.clock = clock;
  }

  synchronized void begin(String token) {
    Instant now = clock.instant();
    held.values().removeIf(old -> old.ended(now));
    if (held.size() >= MOST) {
      held.remove(held.keySet().iterator().next());
    }
    held.put(ApiKeys.hash(token), new Held(now, now));
  }

  /** True if it is one; it is used by that. */
  synchronized boolean use(String token) {
    String hash = ApiKeys.hash(token);
    Held found = held.get(hash);
    if (found == null || !holds(found)) {
      held.remove(hash);
      return false;
    }
    held.put(hash, new Held(found.begun(), clock.instant()));
    return true;
  }

  /** True if it is one; nothing is used by that. */
  synchronized boolean holds(String token) {
    return holds(held.get(ApiKeys.hash(token)));
  }

  synchronized void end(String token) {
    held.remove(ApiKeys.hash(token));
  }

  private boolean holds(@Nullable Held found) {
    return found != null && !found.ended(clock.instant());
  }
}
