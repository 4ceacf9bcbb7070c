package io.sluice.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** What happened to jobs, for whoever watches them from whichever process. Blocking. */
final class EventStore {
  private final Jdbi jdbi;

  EventStore(Database database) {
    this.jdbi = database.jdbi();
  }

  void add(String job, String name, String data, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into job_event (job, name, data, at) values (:job, :name, :data, :at)")
                .bind("job", job)
                .bind("name", name)
                .bind("data", data)
                .bind("at", JobStore.time(now))
                .execute());
  }

  /** The last thing that happened, if anything has. */
  List<JobEvent> last(String job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job_event where job = :job order by number desc limit 1")
                .bind("job", job)
                .map(EventStore::event)
                .list());
  }

  /** What happened after the event of that number, oldest first. */
  List<JobEvent> after(String job, long number, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job_event where job = :job and number > :number order by number"
                        + " limit :limit")
                .bind("job", job)
                .bind("number", number)
                .bind("limit", limit)
                .map(EventStore::event)
                .list());
  }

  /** Forgets how a job went on until then; that it ended stays. */
  void thin(String job, Instant until) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "delete from job_event where job = :job and name in ('progress', 'throttled')"
                        + " and at < :until")
                .bind("job", job)
                .bind("until", JobStore.time(until))
                .execute());
  }

  /** Forgets that the job ended, since it goes on. */
  void reopen(String job) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("delete from job_event where job = :job and name = 'done'")
                .bind("job", job)
                .execute());
  }

  private static JobEvent event(ResultSet row, StatementContext context) throws SQLException {
    Instant at = JobStore.time(row, "at");
    return new JobEvent(
        row.getLong("number"),
        row.getString("job"),
        row.getString("name"),
        row.getString("data"),
        at == null ? Instant.EPOCH : at);
  }
}
