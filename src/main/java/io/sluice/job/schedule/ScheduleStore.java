package io.sluice.job.schedule;

import io.sluice.job.JobKind;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The schedules in the database, without when they are due. Blocking; thread-safe. */
public final class ScheduleStore {
  private final Database database;
  private final Jdbi jdbi;

  public ScheduleStore(Database database) {
    this.database = database;
    this.jdbi = database.jdbi();
  }

  /** Adds a schedule, and something with it or neither. */
  void add(Schedule schedule, Consumer<Handle> besides) {
    jdbi.useTransaction(
        handle -> {
          besides.accept(handle);
          add(handle, schedule);
        });
  }

  private static void add(Handle handle, Schedule schedule) {
    handle
        .createUpdate(
            "insert into schedule (id, name, spec, cron, zone, paused, made_by, spec_by, made_at,"
                + " planned_at) values (:id, :name, :spec, :cron, :zone, :paused, :madeBy, :madeBy,"
                + " :madeAt, :plannedAt)")
        .bind("id", schedule.id())
        .bind("name", schedule.name())
        .bind("spec", StoredJson.MAPPER.writeValueAsString(schedule.job()))
        .bind("cron", schedule.cron())
        .bind("zone", schedule.zone())
        .bind("paused", schedule.paused())
        .bind("madeBy", schedule.madeBy())
        .bind("madeAt", JobStore.time(schedule.madeAt()))
        .bind("plannedAt", JobStore.time(schedule.plannedAt()))
        .execute();
  }

  /**
   * Changes a schedule; false if there is none of that id.
   *
   * @param by who changes its job; null if that stays
   */
  boolean replace(Schedule schedule, @Nullable String by) {
    int changed =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update schedule set name = :name, spec = :spec, cron = :cron, zone ="
                            + " :zone, paused = :paused, planned_at = :plannedAt, spec_by ="
                            + " coalesce(:by, spec_by) where id = :id")
                    .bind("by", by)
                    .bind("id", schedule.id())
                    .bind("name", schedule.name())
                    .bind("spec", StoredJson.MAPPER.writeValueAsString(schedule.job()))
                    .bind("cron", schedule.cron())
                    .bind("zone", schedule.zone())
                    .bind("paused", schedule.paused())
                    .bind("plannedAt", JobStore.time(schedule.plannedAt()))
                    .execute());
    database.sync();
    return changed == 1;
  }

  /** Notes what it made last, and whose that is, within the transaction that makes it. */
  public static void made(Handle handle, String id, String job) {
    handle
        .createUpdate(
            "update schedule set last_job = :job, failed_at = null, failure = null where id = :id")
        .bind("job", job)
        .bind("id", id)
        .execute();
    handle
        .createUpdate(
            "insert into job_author (job, name) select cast(:job as varchar(40)), made_by from schedule where id = :id"
                + " union select cast(:job as varchar(40)), spec_by from schedule where id = :id and spec_by is not null")
        .bind("job", job)
        .bind("id", id)
        .execute();
  }

  /** Notes why it could not make its job. */
  void failed(String id, Schedule.Failure failure) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update schedule set failed_at = :at, failure = :reason where id = :id")
                .bind("at", JobStore.time(failure.at()))
                .bind("reason", failure.reason())
                .bind("id", id)
                .execute());
  }

  /** How many could not make their job the last time, by its kind. */
  Map<JobKind, Long> failing() {
    Map<JobKind, Long> failing = new EnumMap<>(JobKind.class);
    for (Schedule schedule : all()) {
      if (schedule.failure() != null) {
        failing.merge(schedule.job().jobKind(), 1L, Long::sum);
      }
    }
    return failing;
  }

  /** False if there was none. */
  boolean remove(String id) {
    int removed =
        jdbi.withHandle(
            handle ->
                handle
                    .createUpdate("delete from schedule where id = :id")
                    .bind("id", id)
                    .execute());
    database.sync();
    return removed == 1;
  }

  /** A job of it that was asked for and has not begun, and does what the schedule says now. */
  Optional<String> waiting(Schedule schedule) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id, spec from job where schedule = :schedule and state = 'queued' and"
                        + " started_at is null and request is null order by id")
                .bind("schedule", schedule.id())
                .map((row, context) -> Map.entry(row.getString("id"), spec(row)))
                .filter(job -> job.getValue().equals(schedule.job()))
                .findFirst()
                .map(Map.Entry::getKey));
  }

  private static JobSpec spec(ResultSet row) throws SQLException {
    return StoredJson.MAPPER.readValue(row.getString("spec"), JobSpec.class);
  }

  public Optional<Schedule> get(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from schedule where id = :id")
                .bind("id", id)
                .map(ScheduleStore::schedule)
                .findOne());
  }

  public List<Schedule> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from schedule order by name, id")
                .map(ScheduleStore::schedule)
                .list());
  }

  private static Schedule schedule(ResultSet row, StatementContext context) throws SQLException {
    Instant failed = JobStore.time(row, "failed_at");
    return new Schedule(
        row.getString("id"),
        row.getString("name"),
        spec(row),
        row.getString("cron"),
        row.getString("zone"),
        row.getBoolean("paused"),
        row.getString("made_by"),
        JobStore.moment(row, "made_at"),
        JobStore.moment(row, "planned_at"),
        null,
        row.getString("last_job"),
        failed == null ? null : new Schedule.Failure(failed, row.getString("failure")));
  }
}
