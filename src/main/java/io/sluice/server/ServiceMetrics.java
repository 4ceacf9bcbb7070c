package io.sluice.server;

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
import io.sluice.job.Job;
import io.sluice.job.JobState;
import io.sluice.report.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What can be measured of the service. Labels are names of routes, states, resources and outcomes:
 * never anything that a caller or an account has made up. Thread-safe.
 */
public final class ServiceMetrics implements AutoCloseable {
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
    jobs =
        MultiGauge.builder("sluice.jobs")
            .description("Jobs in the database by state.")
            .register(registry);
  }

  /** A request was answered. */
  void answered(String method, String route, int status, Duration lasted) {
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
  void uploaded(long bytes) {
    registry.counter("sluice.uploads.bytes").increment((double) bytes);
  }

  /** A job has ended on this process. */
  public void ended(Job job) {
    registry
        .counter(
            "sluice.jobs.ended", "kind", job.kind().label(), "exit", String.valueOf(job.exit()))
        .increment();
    String summary = job.summary();
    if (summary == null) {
      return;
    }
    JsonNode root = Json.tree(summary);
    count(root);
    root.path("parts").forEach(this::count);
  }

  private void count(JsonNode summary) {
    Catalog.find(summary.path("resource").asString(""))
        .ifPresent(
            resource -> {
              for (String group : new String[] {"counts", "deletes"}) {
                for (Outcome outcome : Outcome.values()) {
                  long rows = summary.path(group).path(outcome.label()).asLong(0);
                  if (rows > 0) {
                    registry
                        .counter(
                            "sluice.rows", "resource", resource.slug(), "outcome", outcome.label())
                        .increment((double) rows);
                  }
                }
              }
            });
  }

  /** All of it, in the text format of Prometheus. */
  String scrape(Map<JobState, Long> counts) {
    jobs.register(
        Arrays.stream(JobState.values())
            .map(
                state ->
                    MultiGauge.Row.of(
                        Tags.of("state", state.label()), counts.getOrDefault(state, 0L)))
            .toList(),
        true);
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
