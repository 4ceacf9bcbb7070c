package io.sluice.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What came of requests that must have their effect once. Blocking. */
final class RequestKeys {
  private static final Duration KEPT = Duration.ofDays(7);

  private final Jdbi jdbi;

  RequestKeys(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * The job that the request has made before.
   *
   * @throws JobRefusedException if the key was used for another request
   */
  Optional<String> made(RequestKey key) {
    record Known(String digest, String made) {}
    Optional<Known> known =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select digest, made from request_key where caller = :caller and request ="
                            + " :request")
                    .bind("caller", key.caller())
                    .bind("request", key.text())
                    .map((row, context) -> new Known(row.getString(1), row.getString(2)))
                    .findOne());
    if (known.isPresent() && !known.get().digest().equals(key.digest())) {
      throw new JobRefusedException(
          "idempotency_key_reused", "this Idempotency-Key was used for another request");
    }
    return known.map(Known::made);
  }

  /** Notes what a request makes, within somebody's transaction, which fails if it is known. */
  static void add(Handle handle, RequestKey key, String made, Instant now) {
    handle
        .createUpdate("delete from request_key where at < :before")
        .bind("before", JobStore.time(now.minus(KEPT)))
        .execute();
    handle
        .createUpdate(
            "insert into request_key (caller, request, digest, made, at) values (:caller, :request,"
                + " :digest, :made, :now)")
        .bind("caller", key.caller())
        .bind("request", key.text())
        .bind("digest", key.digest())
        .bind("made", made)
        .bind("now", JobStore.time(now))
        .execute();
  }
}
