package io.sluice.job.keys;

import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The console's sessions with a key of the database: in the database too, as hashes alone, so that
 * all processes know the same. A session belongs to its key, not to the key's name: it ends when
 * the key is removed, expires or has another role. Blocking; thread-safe.
 */
public final class ConsoleSessions {
  /** How long a session lasts that is not used. */
  public static final Duration IDLE = Duration.ofHours(12);

  /** How long a session lasts at most. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** How many sessions a key has at most; beyond, the one that was used longest ago ends. */
  static final int MOST = 1_000;

  private static final Duration NOTED = Duration.ofMinutes(1);

  private final Jdbi jdbi;

  /** Those of that database. */
  public ConsoleSessions(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * Begins a session.
   *
   * @param token the text of its cookie, of which only a hash is kept
   */
  public void begin(String token, ApiKey key, Instant now) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "delete from console_session where used_at < :idle or made_at < :oldest")
              .bind("idle", JobStore.time(now.minus(IDLE)))
              .bind("oldest", JobStore.time(now.minus(LONGEST)))
              .execute();
          handle
              .createUpdate(
                  "delete from console_session where api_key = :key and hash not in (select hash from"
                      + " console_session where api_key = :key order by used_at desc limit :most)")
              .bind("key", key.id())
              .bind("most", MOST - 1)
              .execute();
          handle
              .createUpdate(
                  "insert into console_session (hash, api_key, role, made_at, used_at) values"
                      + " (:hash, :key, :role, :now, :now)")
              .bind("hash", ApiKeys.hash(token))
              .bind("key", key.id())
              .bind("role", key.role().label())
              .bind("now", JobStore.time(now))
              .execute();
        });
  }

  /** The key of a session, which is used by that; empty if it has ended. */
  public Optional<ApiKey> use(String token, Instant now) {
    Optional<ApiKey> key = key(token, now);
    key.ifPresent(
        known ->
            jdbi.useHandle(
                handle ->
                    handle
                        .createUpdate(
                            "update console_session set used_at = :now where hash = :hash and"
                                + " used_at < :before")
                        .bind("now", JobStore.time(now))
                        .bind("before", JobStore.time(now.minus(NOTED)))
                        .bind("hash", ApiKeys.hash(token))
                        .execute()));
    return key;
  }

  /** The key of a session; empty if it has ended. Nothing counts as used by that. */
  public Optional<ApiKey> key(String token, Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select k.id, k.name, k.role from console_session s join api_key k on k.id ="
                        + " s.api_key and k.role = s.role where s.hash = :hash and s.used_at >="
                        + " :idle and s.made_at >= :oldest and (k.expires_at is null or"
                        + " k.expires_at > :now)")
                .bind("now", JobStore.time(now))
                .bind("hash", ApiKeys.hash(token))
                .bind("idle", JobStore.time(now.minus(IDLE)))
                .bind("oldest", JobStore.time(now.minus(LONGEST)))
                .map(
                    (row, context) ->
                        new ApiKey(
                            row.getLong("id"),
                            row.getString("name"),
                            Role.named(row.getString("role"))))
                .findOne());
  }

  /** Ends a session for every process, if it is one. */
  public void end(String token) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from console_session where hash = :hash")
                .bind("hash", ApiKeys.hash(token))
                .execute());
  }
}
