package io.sluice.job.quota;

import io.sluice.disk.Sha256;
import io.sluice.flow.Blocking;
import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.SharedQuota;
import io.sluice.job.store.Database;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The calls that processes on one PostgreSQL make with one credential: each slice that a process
 * takes is a row with its time, and no window of any quota ever holds more than that quota. What
 * one process has learned of the real quota also limits one that has just begun. By the database's
 * clock alone.
 */
public final class QuotaLeases {
  private final Jdbi jdbi;

  /** Those of that database, which has to be PostgreSQL. */
  public QuotaLeases(Database database) {
    this.jdbi = database.jdbi();
  }

  /** The calls of one credential; {@code name} is kept as a hash. */
  public SharedQuota of(String name) {
    String credential = Sha256.hex(name);
    return wanted -> Blocking.call(() -> take(credential, wanted));
  }

  private SharedQuota.Slice take(String credential, SharedQuota.Request wanted) {
    known(credential);
    return jdbi.inTransaction(handle -> take(handle, credential, wanted));
  }

  private static SharedQuota.Slice take(
      Handle handle, String credential, SharedQuota.Request wanted) {
    handle
        .createQuery("select credential from quota_credential where credential = :c for update")
        .bind("c", credential)
        .mapTo(String.class)
        .one();
    Instant now = now(handle);
    List<Quota> quotas = LearnedQuotas.beside(handle, credential, wanted, now);
    long grant = wanted.most();
    Duration wait = Duration.ZERO;
    Duration longest = Duration.ZERO;
    for (Quota quota : quotas) {
      Duration reach = reach(quota.window());
      longest = longest.compareTo(reach) > 0 ? longest : reach;
      long left = quota.calls() - taken(handle, credential, now.minus(reach));
      grant = Math.min(grant, left);
      if (left <= 0) {
        Duration until =
            Duration.between(now, oldest(handle, credential, now.minus(reach)).plus(reach));
        wait = wait.compareTo(until) > 0 ? wait : until;
      }
    }
    if (grant <= 0) {
      return new SharedQuota.Slice(0, wait.plusMillis(1));
    }
    forget(handle, credential, now.minus(longest));
    handle
        .createUpdate("insert into quota_lease (credential, at, calls) values (:c, :at, :calls)")
        .bind("c", credential)
        .bind("at", Timestamp.from(now))
        .bind("calls", grant)
        .execute();
    return new SharedQuota.Slice((int) grant, Duration.ZERO);
  }

  /**
   * How long a lease counts: a call may be made as late as its life allows, and reach the server a
   * little later still.
   */
  private static Duration reach(Duration window) {
    return window.plus(SharedQuota.life(window).multipliedBy(2));
  }

  private static Instant now(Handle handle) {
    return handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one();
  }

  private static long taken(Handle handle, String credential, Instant since) {
    return handle
        .createQuery(
            "select coalesce(sum(calls), 0) from quota_lease where credential = :c and at > :since")
        .bind("c", credential)
        .bind("since", Timestamp.from(since))
        .mapTo(Long.class)
        .one();
  }

  private static Instant oldest(Handle handle, String credential, Instant since) {
    return handle
        .createQuery("select at from quota_lease where credential = :c and at > :since")
        .bind("c", credential)
        .bind("since", Timestamp.from(since))
        .mapTo(Instant.class)
        .stream()
        .min(Comparator.naturalOrder())
        .orElse(since);
  }

  private static void forget(Handle handle, String credential, Instant before) {
    handle
        .createUpdate("delete from quota_lease where credential = :c and at <= :before")
        .bind("c", credential)
        .bind("before", Timestamp.from(before))
        .execute();
  }

  /** Somebody else may be the first by a moment. */
  private void known(String credential) {
    boolean there =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select 1 from quota_credential where credential = :c")
                    .bind("c", credential)
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent());
    if (there) {
      return;
    }
    try {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate("insert into quota_credential (credential) values (:c)")
                  .bind("c", credential)
                  .execute());
    } catch (UnableToExecuteStatementException taken) {
      // It is there now, or the next statement fails for the same reason.
    }
  }
}
