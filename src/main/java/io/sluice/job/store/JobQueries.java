package io.sluice.job.store;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.job.Backup;
import io.sluice.job.Job;
import io.sluice.job.JobFilter;
import io.sluice.job.JobState;
import io.sluice.pipeline.ClockSkewException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Which jobs there are in the database. Changes nothing. Blocking; thread-safe. */
public final class JobQueries {
  /** The stored spec of an export that leaves records out; within texts, quotes are escaped. */
  public static final String NARROWED = "%\"where\":{\"%";

  /** Which jobs are backups of whole kinds of records; with {@code :narrowed}. */
  public static final String GOOD_BACKUP =
      " kind = 'export' and exit_code = 0 and ended_at is not null and spec not like :narrowed";

  /** Tells backups apart by the kinds of records that the account did not offer for them. */
  public static final String LACKING =
      Catalog.resources().stream()
          .filter(Resource::byPackage)
          .map(
              resource ->
                  "case when summary like '%\"unavailable\":[%\"resource\":\""
                      + resource.slug()
                      + "\"%' then 1 else 0 end")
          .collect(Collectors.joining(", "));

  static final String LATEST_BACKUPS =
      "select profile, resources, ended_at, summary from (select profile, resources, ended_at,"
          + " summary, row_number() over (partition by profile, resources, "
          + LACKING
          + " order by ended_at desc) as age from job where"
          + GOOD_BACKUP
          + " and ended_at <= :soon) latest where age = 1";

  private final Jdbi jdbi;

  public JobQueries(Database database) {
    this.jdbi = database.jdbi();
  }

  /** How many there are in each state. */
  public Map<JobState, Long> counts() {
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
  public List<Job> list(JobFilter filter) {
    return jdbi.withHandle(
        handle -> {
          var query = handle.createQuery(listing(filter)).bind("limit", filter.limit());
          if (filter.account() != null) {
            query.bind("account", filter.account());
          }
          if (filter.kind() != null) {
            query.bind("kind", filter.kind().label());
          }
          if (filter.before() != null) {
            query.bind("before", filter.before());
          }
          return query.map(JobStore::job).list();
        });
  }

  /** Most jobs have ended, so that an index of states would find them all. */
  private static String condition(JobFilter.Result result) {
    return switch (result) {
      case OPEN -> "state in ('queued', 'running', 'paused', 'awaiting_approval')";
      case ENDED -> "state not in ('queued', 'running', 'paused', 'awaiting_approval')";
      case WELL -> "exit_code = 0";
      case TROUBLE -> "exit_code <> 0";
      case AWAITING -> "state = 'awaiting_approval'";
      case CANCELLED -> "state = 'cancelled'";
    };
  }

  /**
   * Sorts by what is the same for all, too, as H2 would otherwise read and sort all that have it
   * and not walk the index that has both.
   */
  static String listing(JobFilter filter) {
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    String order = "";
    JobFilter.Result result = filter.result();
    if (result != null) {
      conditions.add(condition(result));
    }
    if (filter.before() != null) {
      conditions.add("id < :before");
    }
    if (filter.kind() != null) {
      conditions.add("kind = :kind");
      order = "kind desc, ";
    }
    if (filter.account() != null) {
      conditions.add("account = :account");
      order = "account desc, ";
    }
    return "select * from job where "
        + String.join(" and ", conditions)
        + " order by "
        + order
        + "id desc limit :limit";
  }

  /** The ids of jobs that wait or run and that no task would run, oldest first. */
  public List<String> forgotten(String task) {
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

  /**
   * The last complete and consistent exports of all records of a kind; where the last one could not
   * read that kind, also the last one that could. One that ended in the future, by a clock that was
   * ahead, does not count: it would hide for long that there are no others.
   */
  public List<Backup> backups(Instant now) {
    record Exported(String profile, String resources, Instant endedAt, JsonNode summary) {}
    List<Exported> exports =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(LATEST_BACKUPS)
                    .bind("narrowed", NARROWED)
                    .bind("soon", JobStore.time(now.plus(ClockSkewException.TOLERATED)))
                    .map(
                        (row, context) ->
                            new Exported(
                                row.getString("profile"),
                                row.getString("resources"),
                                Optional.ofNullable(JobStore.time(row, "ended_at"))
                                    .orElse(Instant.EPOCH),
                                summary(row)))
                    .list());
    Map<List<Object>, Backup> latest = new LinkedHashMap<>();
    for (Exported export : exports) {
      for (String resource : export.resources().split(",", -1)) {
        boolean held = !isUnavailable(export.summary(), resource);
        Backup backup = new Backup(export.profile(), resource, export.endedAt(), held);
        latest.merge(
            List.of(export.profile(), resource, held),
            backup,
            (one, other) -> one.endedAt().isAfter(other.endedAt()) ? one : other);
      }
    }
    return List.copyOf(latest.values());
  }

  /** True if an export's summary says that the account did not offer that kind. */
  private static boolean isUnavailable(JsonNode summary, String slug) {
    return summary
        .path("unavailable")
        .valueStream()
        .anyMatch(one -> one.path("resource").asString("").equals(slug));
  }

  private static JsonNode summary(ResultSet row) throws SQLException {
    String summary = row.getString("summary");
    return summary == null ? MissingNode.getInstance() : StoredJson.MAPPER.readTree(summary);
  }
}
