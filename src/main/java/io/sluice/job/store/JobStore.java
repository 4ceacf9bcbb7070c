package io.sluice.job.store;

import io.sluice.job.ControlRequest;
import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobRefusedException;
import io.sluice.job.JobState;
import io.sluice.job.RowCounts;
import io.sluice.job.spec.JobSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The jobs in the database, one at a time. Blocking; thread-safe. */
public final class JobStore {
  private final Jdbi jdbi;

  public JobStore(Database database) {
    this.jdbi = database.jdbi();
  }

  /** Adds a job, and something with it or neither. */
  public void add(Job job, Consumer<Handle> alongside) {
    jdbi.useTransaction(
        handle -> {
          add(handle, job);
          alongside.accept(handle);
        });
  }

  /** Adds a job within the caller's transaction, and says so. */
  static void add(Handle handle, Job job) {
    handle
        .createUpdate(
            "insert into job (id, kind, profile, account, api, resources, dry_run, spec, state,"
                + " made_by, made_at, schedule) values (:id, :kind, :profile, :account, :api,"
                + " :resources, :dryRun, :spec, :state, :madeBy, :madeAt, :schedule)")
        .bind("id", job.id())
        .bind("kind", job.kind().label())
        .bind("profile", job.profile())
        .bind("account", job.account())
        .bind("api", job.api())
        .bind("resources", String.join(",", job.resources()))
        .bind("dryRun", job.dryRun())
        .bind("spec", StoredJson.MAPPER.writeValueAsString(job.spec()))
        .bind("state", job.state().label())
        .bind("madeBy", job.madeBy())
        .bind("madeAt", time(job.madeAt()))
        .bind("schedule", job.schedule())
        .execute();
    EventStore.state(handle, job.id(), job.state(), null, job.madeAt());
  }

  public Optional<Job> get(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from job where id = :id")
                .bind("id", id)
                .map(JobStore::job)
                .findOne());
  }

  /**
   * The job of that id.
   *
   * @throws JobRefusedException if there is none
   */
  public Job required(String id) {
    return get(id)
        .orElseThrow(() -> new JobRefusedException("no_such_job", "there is no job " + id));
  }

  /** Marks a job as run by that process, and says so; empty if it has ended, or is paused. */
  public Optional<Job> begin(String id, String process, Instant now) {
    return jdbi.inTransaction(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "update job set state = 'running', process = :process, fence = fence + 1,"
                          + " started_at = coalesce(started_at, :now) where id = :id and state in"
                          + " ('queued', 'running')")
                  .bind("process", process)
                  .bind("now", time(now))
                  .bind("id", id)
                  .execute();
          if (changed == 0) {
            return Optional.empty();
          }
          EventStore.state(handle, id, JobState.RUNNING, null, now);
          return handle
              .createQuery("select * from job where id = :id")
              .bind("id", id)
              .map(JobStore::job)
              .findOne();
        });
  }

  /** Notes how far a job is, unless another process has taken it over. */
  public void progress(String id, long fence, String progress) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update job set progress = :progress where id = :id and fence = :fence")
                .bind("progress", progress)
                .bind("id", id)
                .bind("fence", fence)
                .execute());
  }

  /** The rows of a job that have been counted. */
  public RowCounts reportedRows(String id) {
    return RowCounts.read(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select rows_told from job where id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(null)));
  }

  /**
   * Notes that a job stands still, with what belongs to that, unless another process has taken it
   * over. To be asked again if it is not known whether it was noted.
   *
   * @param exit how it ended; null if it did not
   * @param told the rows of it that have been counted; null for those that had been before
   * @param alongside what is noted with it
   * @return whether it was noted
   */
  public boolean leave(
      String id,
      long fence,
      JobState state,
      @Nullable Integer exit,
      @Nullable String summary,
      @Nullable RowCounts told,
      Instant now,
      Consumer<Handle> alongside) {
    return jdbi.inTransaction(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "update job set state = :state, request = "
                          // A request that came too late is met when the job goes on.
                          + (state == JobState.QUEUED ? "request" : "null")
                          + ", exit_code = :exit, summary = coalesce(:summary, summary), rows_told ="
                          + " coalesce(:told, rows_told), ended_at = :ended where id = :id and fence"
                          + " = :fence and state = 'running'")
                  .bind("state", state.label())
                  .bind("exit", exit)
                  .bind("summary", summary)
                  .bind("told", told == null ? null : told.text())
                  .bind("ended", state.ended() ? time(now) : null)
                  .bind("id", id)
                  .bind("fence", fence)
                  .execute();
          if (changed == 0) {
            return isLeft(handle, id, fence);
          }
          alongside.accept(handle);
          return true;
        });
  }

  /** The connection may have been lost just when this was noted. */
  private static boolean isLeft(Handle handle, String id, long fence) {
    return handle
        .createQuery("select 1 from job where id = :id and fence = :fence and state <> 'running'")
        .bind("id", id)
        .bind("fence", fence)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /**
   * Changes the state if it is still what it was thought to be, with what belongs to that.
   *
   * @param alongside what is noted with it
   * @return whether it was
   */
  public boolean change(
      String id,
      List<JobState> from,
      JobState to,
      @Nullable Instant ended,
      Consumer<Handle> alongside) {
    return jdbi.inTransaction(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "update job set state = :to, request = null, exit_code = null, ended_at = :ended"
                          + " where id = :id and state in (<from>)")
                  .bind("to", to.label())
                  .bind("ended", ended == null ? null : time(ended))
                  .bind("id", id)
                  .bindList("from", from.stream().map(JobState::label).toList())
                  .execute();
          if (changed == 1) {
            alongside.accept(handle);
          }
          return changed == 1;
        });
  }

  /** Sends a request to the process that runs the job; false if none does. */
  public boolean request(String id, ControlRequest request) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update job set request = :request where id = :id and state = 'running' and (request"
                            + " is null or request <> 'cancel')")
                    .bind("request", request.label())
                    .bind("id", id)
                    .execute())
        == 1;
  }

  /** Makes a job of a row of the table of jobs. */
  static Job job(ResultSet row, StatementContext context) throws SQLException {
    String request = row.getString("request");
    int exit = row.getInt("exit_code");
    boolean ended = !row.wasNull();
    return new Job(
        row.getString("id"),
        JobKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("profile"),
        row.getString("account"),
        row.getString("api"),
        Arrays.stream(row.getString("resources").split(",", -1))
            .filter(slug -> !slug.isEmpty())
            .toList(),
        row.getBoolean("dry_run"),
        StoredJson.MAPPER.readValue(row.getString("spec"), JobSpec.class),
        JobState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        request == null ? null : ControlRequest.valueOf(request.toUpperCase(Locale.ROOT)),
        ended ? exit : null,
        row.getString("progress"),
        row.getString("summary"),
        row.getString("made_by"),
        moment(row, "made_at"),
        time(row, "started_at"),
        time(row, "ended_at"),
        row.getString("process"),
        row.getLong("fence"),
        row.getString("schedule"));
  }

  public static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A time that no row lacks. */
  public static Instant moment(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(time(row, column), Instant.EPOCH);
  }

  public static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
