package io.sluice.job.store;

import io.sluice.job.Job;
import io.sluice.job.JobEvent;
import io.sluice.job.JobState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The events of jobs, readable from every process. Blocking. */
public final class EventStore {
  private final Jdbi jdbi;

  public EventStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * Adds what has happened. One writer of a job's events comes after the other, so that nobody who
   * has read an event can ever find an earlier one that was not there.
   */
  public void add(String job, String name, String data, Instant now) {
    jdbi.useTransaction(handle -> add(handle, job, name, data, now));
  }

  /** The same, unless another process has taken the job over. */
  public void addIfOwned(Job job, String name, String data, Instant now) {
    jdbi.useTransaction(
        handle -> {
          boolean owned =
              handle
                  .createQuery("select id from job where id = :id and fence = :fence for update")
                  .bind("id", job.id())
                  .bind("fence", job.fence())
                  .mapTo(String.class)
                  .findOne()
                  .isPresent();
          if (owned) {
            add(handle, job.id(), name, data, now);
          }
        });
  }

  /** Adds what has happened within the caller's transaction. */
  public static void add(Handle handle, String job, String name, String data, Instant now) {
    handle
        .createQuery("select id from job where id = :job for update")
        .bind("job", job)
        .mapTo(String.class)
        .findOne();
    handle
        .createUpdate(
            "insert into job_event (job, name, data, at) values (:job, :name, :data, :at)")
        .bind("job", job)
        .bind("name", name)
        .bind("data", data)
        .bind("at", JobStore.time(now))
        .execute();
  }

  /**
   * Adds that a job is in that state.
   *
   * @param behind the job that it waits for; null if it waits for none
   */
  public void state(String job, JobState state, @Nullable String behind, Instant now) {
    jdbi.useTransaction(handle -> state(handle, job, state, behind, now));
  }

  /** Adds that a job is in that state within the caller's transaction. */
  public static void state(
      Handle handle, String job, JobState state, @Nullable String behind, Instant now) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("state", state.label());
    if (behind != null) {
      event.put("waits_for", behind);
    }
    add(handle, job, "state", StoredJson.MAPPER.writeValueAsString(event), now);
  }

  /** The job whose event has that number; empty if there is none, or none any more. */
  public Optional<String> owner(long number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select job from job_event where number = :number")
                .bind("number", number)
                .mapTo(String.class)
                .findOne());
  }

  /** The last thing that happened, if anything has. */
  public Optional<JobEvent> last(String job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job_event where job = :job order by number desc limit 1")
                .bind("job", job)
                .map(EventStore::event)
                .findOne());
  }

  /** The events after the one of that number, oldest first. */
  public List<JobEvent> after(String job, long number, int limit) {
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

  /** Forgets how a job went on until then, within the caller's transaction; its end stays. */
  public static void thin(Handle handle, String job, Instant until) {
    handle
        .createUpdate(
            "delete from job_event where job = :job and name in ('progress', 'throttled') and at <"
                + " :until")
        .bind("job", job)
        .bind("until", JobStore.time(until))
        .execute();
  }

  /** Forgets that the job ended, since it goes on, within the caller's transaction. */
  public static void reopen(Handle handle, String job) {
    handle
        .createUpdate("delete from job_event where job = :job and name = 'done'")
        .bind("job", job)
        .execute();
  }

  private static JobEvent event(ResultSet row, StatementContext context) throws SQLException {
    return new JobEvent(
        row.getLong("number"),
        row.getString("job"),
        row.getString("name"),
        row.getString("data"),
        JobStore.moment(row, "at"));
  }
}
