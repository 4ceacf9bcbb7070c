package io.sluice.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.job.Backup;
import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobListener;
import io.sluice.job.JobState;
import io.sluice.job.RowCounts;
import io.sluice.job.notice.Notice;
import io.sluice.job.notice.NoticeStore;
import io.sluice.job.schedule.BackupDue;
import io.sluice.pipeline.SessionObserver;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of the service. Labels are names of routes, states, resources, outcomes and profiles:
 * never anything that a caller or an account has made up. Thread-safe.
 */
public final class ServiceMetrics implements JobListener, AutoCloseable {
  private static final String PREFIX = "sluice.";
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MultiGauge jobs;
  private final MultiGauge notices;
  private final MultiGauge lastBackup;
  private final MultiGauge overdueBackup;
  private final MultiGauge failingSchedules;
  private final CallMetrics calls;

  /** Begins to measure the process. */
  public ServiceMetrics() {
    registry
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith(PREFIX) ? id : id.withName(PREFIX + id.getName());
              }
            });
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    jobs = gauge("jobs", null, "Jobs in the database by state.");
    lastBackup =
        gauge(
            "backup.last.success.timestamp",
            "seconds",
            "When the last good backup of a profile's resource ended.");
    overdueBackup =
        gauge(
            "backup.overdue",
            "seconds",
            "How long a complete backup of a profile has been overdue: by the lowest backup-age of"
                + " the targets of notices, or by its schedules if there is none; else 0.");
    notices = gauge("notices", null, "Notices that wait or were given up, by target.");
    failingSchedules =
        gauge(
            "schedules.failing",
            null,
            "Schedules that could not make their job the last time they were due.");
    calls = new CallMetrics(registry);
    // From nothing on: an increase is seen only where there was a number before.
    for (JobKind kind : JobKind.values()) {
      notMadeOf(kind);
      for (ExitCode exit : ExitCode.values()) {
        ends(kind, exit.number());
      }
    }
    for (Resource resource : Catalog.resources()) {
      for (Outcome outcome : Outcome.values()) {
        rows(resource, outcome);
      }
    }
  }

  private MultiGauge gauge(String name, @Nullable String unit, String text) {
    return MultiGauge.builder(PREFIX + name).baseUnit(unit).description(text).register(registry);
  }

  /** A request was answered. */
  public void answered(String method, String route, int status, Duration lasted) {
    Timer.builder("sluice.http.server.requests")
        .description("Requests by route, method and status.")
        .tag("method", method)
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(BOUNDS)
        .register(registry)
        .record(lasted);
  }

  /** So many bytes of an upload have come. */
  public void uploaded(long bytes) {
    registry.counter("sluice.uploads.bytes").increment((double) bytes);
  }

  /** Measures the calls to accounts. */
  public Function<String, SessionObserver> calls() {
    return calls;
  }

  @Override
  public void ended(Job job) {
    Integer exit = job.exit();
    if (exit != null) {
      ends(job.kind(), exit).increment();
    }
  }

  private Counter ends(JobKind kind, int exit) {
    return Counter.builder("sluice.jobs.ended")
        .description("Ends of jobs by exit code; a job that is resumed ends more than once.")
        .tag("kind", kind.label())
        .tag("exit", Integer.toString(exit))
        .register(registry);
  }

  @Override
  public void notMade(JobKind kind) {
    notMadeOf(kind).increment();
  }

  private Counter notMadeOf(JobKind kind) {
    return Counter.builder("sluice.schedule.failures")
        .description("Jobs that a schedule could not make when it was due.")
        .tag("kind", kind.label())
        .register(registry);
  }

  @Override
  public void settled(Job job, RowCounts rows) {
    rows.rows()
        .forEach(
            (resource, counts) ->
                counts.forEach((outcome, count) -> settled(resource, outcome, count)));
  }

  private void settled(String slug, Outcome outcome, long count) {
    Catalog.find(slug).ifPresent(resource -> rows(resource, outcome).increment((double) count));
  }

  private Counter rows(Resource resource, Outcome outcome) {
    return Counter.builder("sluice.rows")
        .description("Rows by outcome, each once, when its job stands still.")
        .tag("resource", resource.slug())
        .tag("outcome", outcome.label())
        .register(registry);
  }

  /**
   * How many notices wait or were given up, for the next scrape; from nothing on.
   *
   * @param targets all targets that there are
   */
  public void notices(List<String> targets, List<NoticeStore.Count> counts) {
    Map<List<String>, Long> all = new HashMap<>();
    for (String target : targets.isEmpty() ? List.of("") : targets) {
      for (Notice.State state : List.of(Notice.State.WAITING, Notice.State.FAILED)) {
        all.put(List.of(target, state.label()), 0L);
      }
    }
    counts.forEach(
        count -> all.put(List.of(count.target(), count.state().label()), count.notices()));
    notices.register(
        all.entrySet().stream()
            .map(
                entry ->
                    MultiGauge.Row.of(
                        Tags.of("target", entry.getKey().get(0), "state", entry.getKey().get(1)),
                        entry.getValue()))
            .toList(),
        true);
  }

  /**
   * All of it, in the text format of Prometheus.
   *
   * @param counts how many jobs are in each state
   * @param backups when the last good backup of a profile's resource ended
   * @param due how profiles stand whose backups are watched
   * @param failing how many schedules could not make their job the last time, by its kind
   * @param now the time by which a backup is overdue
   */
  public String scrape(
      Map<JobState, Long> counts,
      List<Backup> backups,
      List<BackupDue> due,
      Map<JobKind, Long> failing,
      Instant now) {
    jobs.register(
        Arrays.stream(JobState.values())
            .map(
                state ->
                    MultiGauge.Row.of(
                        Tags.of("state", state.label()), counts.getOrDefault(state, 0L)))
            .toList(),
        true);
    lastBackup.register(
        backups.stream()
            .map(
                backup ->
                    MultiGauge.Row.of(
                        Tags.of("profile", backup.profile(), "resource", backup.resource()),
                        backup.endedAt().toEpochMilli() / 1000.0))
            .toList(),
        true);
    overdueBackup.register(
        due.stream()
            .map(one -> MultiGauge.Row.of(Tags.of("profile", one.profile()), overdue(one, now)))
            .toList(),
        true);
    failingSchedules.register(
        Arrays.stream(JobKind.values())
            .map(
                kind ->
                    MultiGauge.Row.of(
                        Tags.of("kind", kind.label()), failing.getOrDefault(kind, 0L)))
            .toList(),
        true);
    calls.refresh();
    return registry.scrape();
  }

  private static double overdue(BackupDue backup, Instant now) {
    Instant since = backup.overdueSince();
    return since == null ? 0 : Math.max(1, Duration.between(since, now).toMillis() / 1000.0);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
