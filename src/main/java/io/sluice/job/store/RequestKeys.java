package io.sluice.job.store;

import io.sluice.job.JobRefusedException;
import io.sluice.job.Made;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The effects of requests that must happen only once. Blocking; thread-safe. */
public final class RequestKeys {
  private static final Duration KEPT = Duration.ofDays(7);

  private final Database database;
  private final Jdbi jdbi;
  private final Clock clock;

  public RequestKeys(Database database, Clock clock) {
    this.database = database;
    this.jdbi = database.jdbi();
    this.clock = clock;
  }

  /** Notes what a request makes, within the transaction that makes it. */
  @FunctionalInterface
  public interface Note {
    /** Fails if the same request has made something at the same moment. */
    void made(Handle handle, String id);
  }

  /** Makes something, and notes its id; both or neither. */
  @FunctionalInterface
  public interface Effect<T> {
    T make(Note note);
  }

  /**
   * Makes something, unless the same request has made it before; one that comes at the same moment
   * waits for the other. What it returns is on the disk: no crash undoes what a caller was
   * promised.
   *
   * @param key null if it is made each time
   * @param known what has an id
   * @throws JobRefusedException if the key was used for another request, or what it made is gone
   */
  public <T> Made<T> once(
      @Nullable RequestKey key, Function<String, Optional<T>> known, Effect<T> effect) {
    if (key == null) {
      return durable(effect.make((handle, id) -> {}));
    }
    Optional<String> before = made(key);
    if (before.isPresent()) {
      return again(before.get(), known);
    }
    try {
      return durable(effect.make((handle, id) -> add(handle, key, id)));
    } catch (RuntimeException refused) {
      if (Database.isAway(refused)) {
        throw refused;
      }
      // The same request may have come twice at the same time, and the other has been done.
      return again(made(key).orElseThrow(() -> refused), known);
    }
  }

  private <T> Made<T> durable(T made) {
    database.sync();
    return new Made<>(made, false);
  }

  /** Notes what a request has made already, by itself. */
  public void note(Note note, String id) {
    jdbi.useTransaction(handle -> note.made(handle, id));
  }

  private static <T> Made<T> again(String id, Function<String, Optional<T>> known) {
    T thing =
        known
            .apply(id)
            .orElseThrow(
                () ->
                    new JobRefusedException(
                        "made_and_removed",
                        "an earlier request with this Idempotency-Key has made "
                            + id
                            + ", which has been removed since"));
    return new Made<>(thing, true);
  }

  private Optional<String> made(RequestKey key) {
    record Known(String digest, String made) {}
    Optional<Known> known =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select digest, made from request_made where caller = :caller and target ="
                            + " :target and request = :request")
                    .bind("caller", key.caller())
                    .bind("target", key.target())
                    .bind("request", key.text())
                    .map((row, context) -> new Known(row.getString(1), row.getString(2)))
                    .findOne());
    if (known.isPresent() && !known.get().digest().equals(key.digest())) {
      throw new JobRefusedException(
          "idempotency_key_reused", "this Idempotency-Key was used for another request");
    }
    return known.map(Known::made);
  }

  private void add(Handle handle, RequestKey key, String made) {
    handle
        .createUpdate("delete from request_made where at < :before")
        .bind("before", JobStore.time(clock.instant().minus(KEPT)))
        .execute();
    handle
        .createUpdate(
            "insert into request_made (caller, target, request, digest, made, at) values (:caller,"
                + " :target, :request, :digest, :made, :now)")
        .bind("caller", key.caller())
        .bind("target", key.target())
        .bind("request", key.text())
        .bind("digest", key.digest())
        .bind("made", made)
        .bind("now", JobStore.time(clock.instant()))
        .execute();
  }
}
