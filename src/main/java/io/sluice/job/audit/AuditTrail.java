package io.sluice.job.audit;

import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, in the order in which it was done. Entries are added and, once they are old enough,
 * removed from the beginning; none is changed. Several processes may add at the same time.
 * Blocking; thread-safe.
 */
public final class AuditTrail {
  private static final int PAGE = 500;

  private static final RowMapper<AuditEntry> ENTRY =
      (row, context) ->
          new AuditEntry(
              row.getLong("number"),
              JobStore.moment(row, "at"),
              new AuditEvent(
                  row.getString("actor"),
                  row.getString("origin"),
                  row.getString("action"),
                  row.getString("subject"),
                  row.getString("job"),
                  row.getString("plan"),
                  row.getString("detail")),
              row.getString("before"),
              row.getString("digest"));

  private final Database database;
  private final Jdbi jdbi;
  private final Clock clock;

  /** The trail of that database. */
  public AuditTrail(Database database, Clock clock) {
    this.database = database;
    this.jdbi = database.jdbi();
    this.clock = clock;
  }

  /** One end of what is kept of the chain. */
  private record Ends(long last, String digest, long keptFrom, String keptBefore) {}

  /** Adds an entry; once this returns it is on the disk. */
  public void add(AuditEvent event) {
    Instant now = clock.instant();
    jdbi.useTransaction(handle -> add(handle, event, now));
    database.sync();
  }

  /**
   * Adds an entry within the caller's transaction: as the last thing of it, since others who add
   * wait for its end.
   */
  public static void add(Handle handle, AuditEvent event, Instant now) {
    // The update locks the end of the chain, so that no two entries follow the same one.
    handle.execute("update audit_chain set number = number + 1 where one = 1");
    Ends ends = ends(handle);
    AuditEntry entry =
        AuditEntry.after(ends.digest(), ends.last(), now.truncatedTo(ChronoUnit.MICROS), event);
    handle
        .createUpdate(
            "insert into audit (number, at, actor, origin, action, subject, job, plan, detail,"
                + " before, digest) values (:number, :at, :actor, :origin, :action, :subject, :job,"
                + " :plan, :detail, :before, :digest)")
        .bind("number", entry.number())
        .bind("at", JobStore.time(entry.at()))
        .bind("actor", event.actor())
        .bind("origin", event.origin())
        .bind("action", event.action())
        .bind("subject", event.subject())
        .bind("job", event.job())
        .bind("plan", event.plan())
        .bind("detail", event.detail())
        .bind("before", entry.before())
        .bind("digest", entry.digest())
        .execute();
    handle
        .createUpdate("update audit_chain set digest = :digest where one = 1")
        .bind("digest", entry.digest())
        .execute();
  }

  private static Ends ends(Handle handle) {
    return handle
        .createQuery("select * from audit_chain where one = 1")
        .map(
            (row, context) ->
                new Ends(
                    row.getLong("number"),
                    row.getString("digest"),
                    row.getLong("kept_from"),
                    row.getString("kept_before")))
        .one();
  }

  /**
   * The latest entries, latest first.
   *
   * @param before only those of a lower number; null for all
   * @param actor only those of that actor; null for all
   * @param action only those of that action; null for all
   * @param job only those about that job; null for all
   */
  public List<AuditEntry> latest(
      @Nullable Long before,
      @Nullable String actor,
      @Nullable String action,
      @Nullable String job,
      int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from audit where number < :before"
                        + (actor == null ? "" : " and actor = :actor")
                        + (action == null ? "" : " and action = :action")
                        + (job == null ? "" : " and job = :job")
                        + " order by number desc limit :limit")
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .configure(SqlStatements.class, given -> given.setUnusedBindingAllowed(true))
                .bind("actor", actor)
                .bind("action", action)
                .bind("job", job)
                .bind("limit", limit)
                .map(ENTRY)
                .list());
  }

  /** Some entries after that number, the oldest first; none at the end. */
  public List<AuditEntry> following(long number) {
    return jdbi.withHandle(handle -> following(handle, number));
  }

  private static List<AuditEntry> following(Handle handle, long number) {
    return handle
        .createQuery("select * from audit where number > :number order by number limit :limit")
        .bind("number", number)
        .bind("limit", PAGE)
        .map(ENTRY)
        .list();
  }

  /**
   * What checking the whole chain found.
   *
   * @param entries how many entries are as they were made
   * @param last the digest of the last one, to be kept elsewhere and compared the next time
   * @param faults what is wrong, if anything is; the first few
   */
  public record Check(long entries, String last, List<String> faults) {}

  /** Goes through the whole chain. */
  public Check check() {
    Ends ends = jdbi.withHandle(AuditTrail::ends);
    List<String> faults = new ArrayList<>();
    long number = ends.keptFrom() - 1;
    long sound = 0;
    String digest = ends.keptBefore();
    for (List<AuditEntry> some = following(number); !some.isEmpty(); some = following(number)) {
      for (AuditEntry entry : some) {
        if (entry.number() > ends.last()) {
          break;
        } else if (entry.number() != number + 1) {
          faults.add("entries " + (number + 1) + " to " + (entry.number() - 1) + " are missing");
        } else if (!entry.before().equals(digest)) {
          faults.add("entry " + entry.number() + " does not follow the one before it");
        }
        if (!entry.sound()) {
          faults.add("entry " + entry.number() + " was changed");
        } else {
          sound++;
        }
        number = entry.number();
        digest = entry.digest();
      }
      if (some.get(some.size() - 1).number() > ends.last()) {
        break;
      }
    }
    if (number != ends.last() || !digest.equals(ends.digest())) {
      faults.add("the end is missing: the last entry is " + number + ", and was " + ends.last());
    }
    return new Check(sound, digest, List.copyOf(faults.subList(0, Math.min(20, faults.size()))));
  }

  /**
   * Removes the entries of before that moment, from the beginning of the chain, and says so in an
   * entry.
   *
   * @return how many were removed
   */
  public int removeBefore(Instant before) {
    Instant now = clock.instant();
    return jdbi.inTransaction(
        handle -> {
          handle.execute("update audit_chain set number = number where one = 1");
          AuditEntry last =
              handle
                  .createQuery(
                      "select * from audit where at < :before and number < (select coalesce("
                          + "min(number), 9223372036854775807) from audit where at >= :before)"
                          + " order by number desc limit 1")
                  .bind("before", JobStore.time(before))
                  .map(ENTRY)
                  .findOne()
                  .orElse(null);
          if (last == null) {
            return 0;
          }
          int removed =
              handle
                  .createUpdate("delete from audit where number <= :number")
                  .bind("number", last.number())
                  .execute();
          handle
              .createUpdate(
                  "update audit_chain set kept_from = :from, kept_before = :digest where one = 1")
              .bind("from", last.number() + 1)
              .bind("digest", last.digest())
              .execute();
          add(
              handle,
              new AuditEvent(
                  "sluice",
                  "service",
                  AuditAction.AUDIT_REMOVE,
                  "",
                  "",
                  "",
                  removed + " entries up to number " + last.number() + ", of before " + before),
              now);
          return removed;
        });
  }
}
