package io.sluice.server.access;

import io.sluice.job.keys.ApiKey;
import io.sluice.job.keys.ConsoleSessions;
import io.sluice.server.http.Session;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * Who is at the console: in the database, shared by all processes, but for the key that ends with
 * this one. Blocking; thread-safe.
 */
public final class Sessions {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final ConsoleSessions stored;
  private final ProcessSessions passing;
  private final Clock clock;

  public Sessions(ConsoleSessions stored, Clock clock) {
    this.stored = stored;
    this.passing = new ProcessSessions(clock);
    this.clock = clock;
  }

  /**
   * Begins a session.
   *
   * @return the text of its cookie, of which only a hash is kept
   */
  public String begin(ApiKey key) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (key.equals(Keyring.PASSING)) {
      passing.begin(token);
    } else {
      stored.begin(token, key, clock.instant());
    }
    return token;
  }

  /** The session of a cookie, which is used by that; empty if it has ended. */
  Optional<Session> use(String token) {
    Optional<ApiKey> key =
        passing.use(token) ? Optional.of(Keyring.PASSING) : stored.use(token, clock.instant());
    return key.map(known -> new Session(known, token));
  }

  /** True if the session has not ended. Nothing counts as used by that. */
  boolean holds(Session session) {
    return session.key().equals(Keyring.PASSING)
        ? passing.holds(session.token())
        : stored.key(session.token(), clock.instant()).isPresent();
  }

  /** Ends the session of a cookie, if it is one. */
  public void end(String token) {
    passing.end(token);
    stored.end(token);
  }
}
