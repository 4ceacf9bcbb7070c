package io.sluice.server;

import io.sluice.job.ApiKey;
import io.sluice.job.ApiKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Who is at the console. Kept in memory: after a restart everybody comes with the key again.
 * Thread-safe.
 */
final class Sessions {
  /** How long a session lasts that nobody uses. */
  static final Duration IDLE = Duration.ofHours(12);

  /** How long a session lasts at most. */
  static final Duration LONGEST = Duration.ofDays(7);

  private static final int MOST = 10_000;
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  /** The one that was used last comes last. */
  private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  private record Held(Session session, Instant begun, Instant used) {}

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /**
   * Begins a session.
   *
   * @return the text of its cookie, of which only a hash is kept
   */
  synchronized String begin(ApiKey key) {
    Instant now = clock.instant();
    held.values().removeIf(old -> ended(old, now));
    if (held.size() >= MOST) {
      held.remove(held.keySet().iterator().next());
    }
    String token = token();
    held.put(ApiKeys.hash(token), new Held(new Session(key, token()), now, now));
    return token;
  }

  /** The session of a cookie, which is used by that. */
  synchronized Optional<Session> use(String token) {
    String hash = ApiKeys.hash(token);
    Held found = held.get(hash);
    if (found == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (ended(found, now)) {
      held.remove(hash);
      return Optional.empty();
    }
    held.put(hash, new Held(found.session(), found.begun(), now));
    return Optional.of(found.session());
  }

  /** Ends the session of a cookie, if it is one. */
  synchronized void end(String token) {
    held.remove(ApiKeys.hash(token));
  }

  private static boolean ended(Held session, Instant now) {
    return session.used().plus(IDLE).isBefore(now) || session.begun().plus(LONGEST).isBefore(now);
  }

  private String token() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
