package io.sluice.job.quota;

import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.SharedQuota;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The quotas that the server announced to some process, by credential: a process that begins later
 * keeps them from its first call on, in place of finding out by a 429. Runs within the transaction
 * of a lease.
 */
final class LearnedQuotas {
  /** A server may change its quotas; what nobody has confirmed for so long counts no more. */
  private static final Duration LIFE = Duration.ofDays(1);

  private static final Duration CONFIRMED_EVERY = Duration.ofMinutes(1);

  private LearnedQuotas() {}

  /**
   * The quotas that limit a request: its own, and those that others have learned if it has learned
   * none. Those that it has learned are kept for others.
   */
  static List<Quota> beside(
      Handle handle, String credential, SharedQuota.Request wanted, Instant now) {
    List<Quota> known = known(handle, credential, now.minus(LIFE));
    if (wanted.announced().isEmpty()) {
      List<Quota> all = new ArrayList<>(wanted.quotas());
      all.addAll(known);
      return all;
    }
    boolean confirmed =
        new HashSet<>(known(handle, credential, now.minus(CONFIRMED_EVERY)))
            .equals(new HashSet<>(wanted.announced()));
    if (!confirmed) {
      keep(handle, credential, wanted.announced(), now);
    }
    return wanted.quotas();
  }

  private static List<Quota> known(Handle handle, String credential, Instant since) {
    return handle
        .createQuery(
            "select calls, window_millis from quota_learned where credential = :c and at > :since")
        .bind("c", credential)
        .bind("since", Timestamp.from(since))
        .map(
            (row, context) ->
                new Quota(row.getLong("calls"), Duration.ofMillis(row.getLong("window_millis"))))
        .list();
  }

  private static void keep(Handle handle, String credential, List<Quota> quotas, Instant now) {
    handle
        .createUpdate("delete from quota_learned where credential = :c")
        .bind("c", credential)
        .execute();
    for (Quota quota : new HashSet<>(quotas)) {
      handle
          .createUpdate(
              "insert into quota_learned (credential, calls, window_millis, at) values (:c, :calls,"
                  + " :window, :at)")
          .bind("c", credential)
          .bind("calls", quota.calls())
          .bind("window", quota.window().toMillis())
          .bind("at", Timestamp.from(now))
          .execute();
    }
  }
}
