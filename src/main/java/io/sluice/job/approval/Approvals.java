package io.sluice.job.approval;

import io.sluice.job.approval.Approval.Decision;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The approvals of jobs' plans in the database. Blocking; thread-safe. */
public final class Approvals {
  private static final RowMapper<Approval> APPROVAL =
      (row, context) ->
          new Approval(
              row.getString("job"),
              row.getString("plan"),
              row.getLong("changes"),
              row.getLong("deletes"),
              JobStore.moment(row, "asked_at"),
              JobStore.time(row, "expires_at"),
              Decision.valueOf(row.getString("decision").toUpperCase(Locale.ROOT)),
              row.getString("decided_by"),
              JobStore.time(row, "decided_at"),
              row.getString("reason"));

  private final Jdbi jdbi;

  /** Those of that database. */
  public Approvals(Database database) {
    this.jdbi = database.jdbi();
  }

  /** What is known of the job's plan; empty if it was never made for an approval. */
  public Optional<Approval> get(String job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from job_approval where job = :job")
                .bind("job", job)
                .map(APPROVAL)
                .findOne());
  }

  /** Notes that the job's plan may be carried out, since it falls under no rule. */
  public void free(String job, String plan, long changes, long deletes, Instant now) {
    jdbi.useTransaction(
        handle -> {
          forget(handle, job);
          add(handle, job, plan, changes, deletes, now, null, Decision.NOT_NEEDED);
        });
  }

  /** Notes within the caller's transaction that the job's plan waits. */
  public static void ask(
      Handle handle,
      String job,
      String plan,
      long changes,
      long deletes,
      Instant now,
      Instant expires) {
    forget(handle, job);
    add(handle, job, plan, changes, deletes, now, expires, Decision.WAITING);
  }

  private static void forget(Handle handle, String job) {
    handle.createUpdate("delete from job_approval where job = :job").bind("job", job).execute();
  }

  private static void add(
      Handle handle,
      String job,
      String plan,
      long changes,
      long deletes,
      Instant now,
      @Nullable Instant expires,
      Decision decision) {
    handle
        .createUpdate(
            "insert into job_approval (job, plan, changes, deletes, asked_at, expires_at, decision)"
                + " values (:job, :plan, :changes, :deletes, :asked, :expires, :decision)")
        .bind("job", job)
        .bind("plan", plan)
        .bind("changes", changes)
        .bind("deletes", deletes)
        .bind("asked", JobStore.time(now))
        .bind("expires", expires == null ? null : JobStore.time(expires))
        .bind("decision", decision.label())
        .execute();
  }

  /**
   * Notes a decision within the caller's transaction.
   *
   * @param plan the digest of the plan that is decided on; null for whichever waits
   * @return false if that plan does not wait any more
   */
  public static boolean decide(
      Handle handle,
      String job,
      @Nullable String plan,
      Decision decision,
      String by,
      String reason,
      Instant now) {
    return handle
            .createUpdate(
                "update job_approval set decision = :decision, decided_by = :by, decided_at = :now,"
                    + " reason = :reason where job = :job and decision = 'waiting' and plan ="
                    + " coalesce(:plan, plan)")
            .bind("plan", plan)
            .bind("decision", decision.label())
            .bind("by", by)
            .bind("now", JobStore.time(now))
            .bind("reason", reason)
            .bind("job", job)
            .execute()
        == 1;
  }

  /** The authors of what the job does, besides the person who asked for it. */
  public List<String> authors(String job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select name from job_author where job = :job order by name")
                .bind("job", job)
                .mapTo(String.class)
                .list());
  }

  /** The jobs whose plans have waited too long. */
  public List<String> expired(Instant now) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select job from job_approval where decision = 'waiting' and expires_at <= :now"
                        + " and exists (select 1 from job where id = job and state ="
                        + " 'awaiting_approval') order by job")
                .bind("now", JobStore.time(now))
                .mapTo(String.class)
                .list());
  }

  /**
   * A plan that is out of date.
   *
   * @param job whose plan waits
   * @param newer a later job of the same schedule, which has a plan that waits or has ended well
   */
  public record Outdated(String job, String newer) {}

  /** The plans that wait although their schedule has made another one since. */
  public List<Outdated> outdated() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select old.id as job, max(made.id) as newer from job old join job made on"
                        + " made.schedule = old.schedule and made.made_at > old.made_at where"
                        + " old.state = 'awaiting_approval' and (made.state = 'awaiting_approval'"
                        + " or (made.state = 'finished' and made.exit_code = 0)) group by old.id"
                        + " order by old.id")
                .map((row, context) -> new Outdated(row.getString("job"), row.getString("newer")))
                .list());
  }
}
