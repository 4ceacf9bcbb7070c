package io.sluice.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Which jobs there are in the database. Changes nothing. Blocking; thread-safe. */
final class JobQueries {
  /** The stored spec of an export that leaves records out; within texts, quotes are escaped. */
  static final String NARROWED = "%\"where\":{\"%";

  private final Jdbi jdbi;

  JobQueries(Database database) {
    this.jdbi = database.jdbi();
  }

  /** How many there are in each state. */
  Map<JobState, Long> counts() {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select state, count(*) from job group by state")
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(
                    entry ->
                        counts.put(
                            JobState.valueOf(entry.getKey().toUpperCase(Locale.ROOT)),
                            entry.getValue())));
    return counts;
  }

  /** The latest jobs that the filter lets pass, latest first. */
  List<Job> list(JobFilter filter) {
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    if (filter.account() != null) {
      conditions.add("account = :account");
    }
    if (filter.kind() != null) {
      conditions.add("kind = :kind");
    }
    if (filter.before() != null) {
      conditions.add("id < :before");
    }
    if (filter.result() != null) {
      conditions.add(filter.result().condition());
    }
    String sql =
        "select * from job where "
            + String.join(" and ", conditions)
            + " order by id desc limit :limit";
    return jdbi.withHandle(
        handle -> {
          var query = handle.createQuery(sql).bind("limit", filter.limit());
          if (filter.account() != null) {
            query.bind("account", filter.account());
          }
          if (filter.kind() != null) {
            query.bind("kind", filter.kind().label());
          }
          if (filter.before() != null) {
            query.bind("before", filter.before());
          }
          return query.map(new JobMapper()).list();
        });
  }

  /** The ids of jobs that wait or run and that no task would run, oldest first. */
  List<String> forgotten(String task) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id from job where state in ('queued', 'running') and not exists (select"
                        + " 1 from scheduled_tasks where task_name = :task and task_instance ="
                        + " job.id) order by id")
                .bind("task", task)
                .mapTo(String.class)
                .list());
  }

  /** The last complete and consistent exports of all records of a kind. */
  List<Backup> backups() {
    record Exported(String profile, String resources, Instant endedAt) {}
    List<Exported> exports =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select profile, resources, max(ended_at) as ended_at from job where kind ="
                            + " 'export' and exit_code = 0 and ended_at is not null and spec not like"
                            + " :narrowed group by profile, resources")
                    .bind("narrowed", NARROWED)
                    .map(
                        (row, context) ->
                            new Exported(
                                row.getString("profile"),
                                row.getString("resources"),
                                Optional.ofNullable(JobStore.time(row, "ended_at"))
                                    .orElse(Instant.EPOCH)))
                    .list());
    Map<List<String>, Backup> latest = new LinkedHashMap<>();
    for (Exported export : exports) {
      for (String resource : export.resources().split(",", -1)) {
        Backup backup = new Backup(export.profile(), resource, export.endedAt());
        latest.merge(
            List.of(export.profile(), resource),
            backup,
            (one, other) -> one.endedAt().isAfter(other.endedAt()) ? one : other);
      }
    }
    return List.copyOf(latest.values());
  }
}
