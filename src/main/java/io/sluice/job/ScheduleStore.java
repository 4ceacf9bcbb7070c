package io.sluice.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The schedules in the database, without when they are due. Blocking; thread-safe. */
final class ScheduleStore {
  private final Jdbi jdbi;

  ScheduleStore(Database database) {
    this.jdbi = database.jdbi();
  }

  void add(Schedule schedule) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into schedule (id, name, spec, cron, zone, paused, made_by, made_at)"
                        + " values (:id, :name, :spec, :cron, :zone, :paused, :madeBy, :madeAt)")
                .bind("id", schedule.id())
                .bind("name", schedule.name())
                .bind("spec", JobStore.JSON.writeValueAsString(schedule.job()))
                .bind("cron", schedule.cron())
                .bind("zone", schedule.zone())
                .bind("paused", schedule.paused())
                .bind("madeBy", schedule.madeBy())
                .bind("madeAt", JobStore.time(schedule.madeAt()))
                .execute());
  }

  /** False if there is none of that id. */
  boolean replace(Schedule schedule) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(
                        "update schedule set name = :name, spec = :spec, cron = :cron, zone ="
                            + " :zone, paused = :paused where id = :id")
                    .bind("id", schedule.id())
                    .bind("name", schedule.name())
                    .bind("spec", JobStore.JSON.writeValueAsString(schedule.job()))
                    .bind("cron", schedule.cron())
                    .bind("zone", schedule.zone())
                    .bind("paused", schedule.paused())
                    .execute())
        == 1;
  }

  /** Notes what it made last. */
  void made(String id, String job) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update schedule set last_job = :job where id = :id")
                .bind("job", job)
                .bind("id", id)
                .execute());
  }

  /** False if there was none. */
  boolean remove(String id) {
    return jdbi.withHandle(
            handle ->
                handle.createUpdate("delete from schedule where id = :id").bind("id", id).execute())
        == 1;
  }

  Optional<Schedule> get(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from schedule where id = :id")
                .bind("id", id)
                .map(ScheduleStore::schedule)
                .findOne());
  }

  List<Schedule> all() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from schedule order by name, id")
                .map(ScheduleStore::schedule)
                .list());
  }

  private static Schedule schedule(ResultSet row, StatementContext context) throws SQLException {
    Instant made = JobStore.time(row, "made_at");
    return new Schedule(
        row.getString("id"),
        row.getString("name"),
        JobStore.JSON.readValue(row.getString("spec"), JobSpec.class),
        row.getString("cron"),
        row.getString("zone"),
        row.getBoolean("paused"),
        row.getString("made_by"),
        made == null ? Instant.EPOCH : made,
        null,
        row.getString("last_job"));
  }
}
