package io.sluice.job.notice;

import io.sluice.job.notice.Notice.State;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.RequestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** The notices in the database. Blocking; thread-safe. */
public final class NoticeStore {
  private static final int ERROR = 300;

  /** Longer than any pause between tries and any lease. */
  private static final Duration PUT_OFF = Duration.ofHours(2);

  private static final RowMapper<Notice> NOTICE =
      (row, context) ->
          new Notice(
              row.getLong("id"),
              row.getString("target"),
              row.getString("event"),
              row.getString("subject"),
              row.getString("job"),
              row.getString("body"),
              State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              JobStore.moment(row, "made_at"),
              JobStore.moment(row, "next_at"),
              row.getInt("attempts"),
              row.getString("last_error"),
              JobStore.time(row, "ended_at"));

  private final Jdbi jdbi;

  /** Those of that database. */
  public NoticeStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /** Adds a notice that waits, within the caller's transaction. */
  static void add(
      Handle handle,
      String target,
      String event,
      String subject,
      String job,
      String body,
      Instant now) {
    handle
        .createUpdate(
            "insert into notice (target, event, subject, job, body, state, made_at, next_at) values"
                + " (:target, :event, :subject, :job, :body, 'waiting', :now, :now)")
        .bind("target", target)
        .bind("event", event)
        .bind("subject", subject)
        .bind("job", job)
        .bind("body", body)
        .bind("now", JobStore.time(now))
        .execute();
  }

  /**
   * Adds a notice that only shows that it arrives.
   *
   * @param note noted with it
   */
  Notice test(String target, String subject, String body, Instant now, RequestKeys.Note note) {
    return jdbi.inTransaction(
        handle -> {
          add(handle, target, Notice.TEST, subject, "", body, now);
          Notice added = get(handle, target, Notice.TEST, subject);
          note.made(handle, Long.toString(added.id()));
          return added;
        });
  }

  /** The notice of that id, as text. */
  Optional<Notice> find(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from notice where id = :id")
                .bind("id", Long.parseLong(id))
                .map(NOTICE)
                .findOne());
  }

  /** The only notice of that event about that subject. */
  private static Notice get(Handle handle, String target, String event, String subject) {
    return handle
        .createQuery(
            "select * from notice where target = :target and event = :event and subject ="
                + " :subject")
        .bind("target", target)
        .bind("event", event)
        .bind("subject", subject)
        .map(NOTICE)
        .one();
  }

  /** The targets for which notices wait. */
  List<String> waiting() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select distinct target from notice where state = 'waiting'")
                .mapTo(String.class)
                .list());
  }

  /**
   * The notice of the target that is to be sent now, for whoever asks alone and for a while: the
   * first that waits, if its time has come.
   */
  Optional<Notice> claim(String target, Instant now, Duration lease) {
    return jdbi.inTransaction(
        handle -> {
          Notice first =
              handle
                  .createQuery(
                      "select * from notice where target = :target and state = 'waiting' order by"
                          + " id limit 1")
                  .bind("target", target)
                  .map(NOTICE)
                  .findOne()
                  .orElse(null);
          if (first == null || isLater(first.nextAt(), now)) {
            return Optional.empty();
          }
          int claimed =
              handle
                  .createUpdate(
                      "update notice set leased_until = :until, attempts = attempts + 1 where id ="
                          + " :id and state = 'waiting' and (leased_until is null or leased_until <="
                          + " :now or leased_until > :never)")
                  .bind("until", JobStore.time(now.plus(lease)))
                  .bind("id", first.id())
                  .bind("now", JobStore.time(now))
                  .bind("never", JobStore.time(now.plus(PUT_OFF)))
                  .execute();
          return claimed == 1 ? Optional.of(first) : Optional.empty();
        });
  }

  /** False for what a clock that was ahead has put off: nothing is put off for so long. */
  private static boolean isLater(Instant time, Instant now) {
    return time.isAfter(now) && !time.isAfter(now.plus(PUT_OFF));
  }

  /** Notes that the target has taken it, or that it is given up. */
  void end(Notice notice, State state, @Nullable String error, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update notice set state = :state, last_error = :error, ended_at = :now,"
                        + " leased_until = null where id = :id and state = 'waiting'")
                .bind("state", state.label())
                .bind("error", cut(error))
                .bind("now", JobStore.time(now))
                .bind("id", notice.id())
                .execute());
  }

  /**
   * Has it tried again at that time, unless another process has leased it since: that one goes on.
   */
  void later(Notice notice, String error, Instant next) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update notice set next_at = :next, last_error = :error, leased_until = null"
                        + " where id = :id and state = 'waiting' and attempts = :attempts")
                .bind("attempts", notice.attempts() + 1)
                .bind("next", JobStore.time(next))
                .bind("error", cut(error))
                .bind("id", notice.id())
                .execute());
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= ERROR ? text : text.substring(0, ERROR);
  }

  /**
   * The latest notices, latest first.
   *
   * @param job only those about that job; null for all
   * @param target only those for that target; null for all
   */
  public List<Notice> latest(@Nullable String job, @Nullable String target, int limit) {
    return latest(job, target, Long.MAX_VALUE, limit);
  }

  /** The same, of those with a lower id. */
  public List<Notice> latest(
      @Nullable String job, @Nullable String target, long before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from notice where id < :before"
                        + (job == null ? "" : " and job = :job")
                        + (target == null ? "" : " and target = :target")
                        + " order by id desc limit :limit")
                .configure(SqlStatements.class, given -> given.setUnusedBindingAllowed(true))
                .bind("job", job)
                .bind("target", target)
                .bind("before", before)
                .bind("limit", limit)
                .map(NOTICE)
                .list());
  }

  /** How many notices of a target are in a state. */
  public record Count(String target, State state, long notices) {}

  /** How many there are, by target and state; those that were sent are left out. */
  public List<Count> counts() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select target, state, count(*) as notices from notice where state <> 'sent'"
                        + " group by target, state order by target, state")
                .map(
                    (row, context) ->
                        new Count(
                            row.getString("target"),
                            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                            row.getLong("notices")))
                .list());
  }

  /** Removes those that were sent or given up before that moment. */
  void removeBefore(Instant before) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from notice where ended_at < :before")
                .bind("before", JobStore.time(before))
                .execute());
  }
}
