package io.sluice.server.api;

import io.sluice.config.UsageException;
import io.sluice.job.Job;
import io.sluice.job.Jobs;
import io.sluice.job.Made;
import io.sluice.job.schedule.BackupWatch;
import io.sluice.job.schedule.DueTimes;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.spec.JobSpec;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Json;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import io.sluice.server.http.body.Required;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jobs that are made again and again. */
public final class ScheduleRoutes {
  private static final int SHOWN = 3;

  private final Jobs jobs;
  private final Clock clock;
  private final JobJson json;

  public ScheduleRoutes(Jobs jobs, Clock clock, JobJson json) {
    this.jobs = jobs;
    this.clock = clock;
    this.json = json;
  }

  /**
   * A schedule as it is asked for.
   *
   * @param paused null for no
   */
  record Asked(String name, JobSpec job, String cron, String zone, @Nullable Boolean paused) {
    boolean rests() {
      return Boolean.TRUE.equals(paused);
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/schedules", Access.VIEWER, Handler.blocking(this::list)),
        Route.post("/v1/schedules", Access.OPERATOR, Handler.blocking(Asked.class, this::add))
            .audited("schedule.make")
            .once()
            .with(Content.JSON),
        Route.get("/v1/schedules/next", Access.VIEWER, Handler.blocking(this::next))
            .taking(Parameter.text("cron").needed(), Parameter.text("zone").needed()),
        Route.get("/v1/schedules/{id}", Access.VIEWER, Handler.blocking(this::get)),
        Route.put(
                "/v1/schedules/{id}", Access.OPERATOR, Handler.blocking(Asked.class, this::replace))
            .audited("schedule.change")
            .with(Content.JSON),
        Route.delete("/v1/schedules/{id}", Access.OPERATOR, Handler.blocking(this::remove))
            .audited("schedule.remove"),
        Route.post("/v1/schedules/{id}/run", Access.OPERATOR, Handler.blocking(this::run))
            .audited("schedule.run")
            .once());
  }

  private Answer list(Exchange exchange) throws IOException {
    BackupWatch watch = jobs.backupWatch();
    List<ObjectNode> items = new ArrayList<>();
    for (Schedule schedule : jobs.schedules().all()) {
      items.add(json(schedule, watch));
    }
    return Answer.Json.ok(new ItemPage(items, null));
  }

  /** When a schedule would be due, before it is made. */
  private Answer next(Exchange exchange) {
    String cron = exchange.required("cron");
    String zone = exchange.required("zone");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cron", cron);
    node.put("zone", zone);
    times(node, DueTimes.of(cron, zone), clock.instant());
    return Answer.Json.ok(node);
  }

  private static void times(ObjectNode node, DueTimes times, Instant moment) {
    var next = node.putArray("next");
    times.after(moment, SHOWN).stream()
        .map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format)
        .forEach(next::add);
  }

  private Answer get(Exchange exchange) throws IOException {
    return Answer.Json.ok(json(found(jobs.schedules().get(exchange.path("id")))));
  }

  private Answer add(Exchange exchange, Asked asked) throws IOException {
    check(asked.job());
    SpecValues.requireEffect(asked.job());
    jobs.check(asked.job());
    Made<Schedule> made =
        jobs.schedules()
            .add(
                asked.name(),
                asked.job(),
                asked.cron(),
                asked.zone(),
                asked.rests(),
                exchange.caller().name(),
                RequestKeyHeader.of(exchange, Json.MAPPER.writeValueAsString(asked)));
    return new Answer.Json(
        made.again() ? 200 : 201,
        json(made.thing()),
        Map.of("Location", "/v1/schedules/" + made.thing().id()));
  }

  private Answer replace(Exchange exchange, Asked asked) throws IOException {
    String id = exchange.path("id");
    check(asked.job());
    requireEffect(id, asked.job());
    jobs.check(asked.job());
    Optional<Schedule> replaced =
        jobs.schedules()
            .replace(
                id,
                asked.name(),
                asked.job(),
                asked.cron(),
                asked.zone(),
                asked.rests(),
                exchange.caller().name());
    return Answer.Json.ok(json(found(replaced)));
  }

  /** A job that stays as it was taken stays, so that a schedule can be paused or moved. */
  private void requireEffect(String id, JobSpec job) {
    boolean kept = jobs.schedules().get(id).map(old -> old.job().equals(job)).orElse(false);
    if (!kept) {
      SpecValues.requireEffect(job);
    }
  }

  private Answer remove(Exchange exchange) {
    if (!jobs.schedules().remove(exchange.path("id"))) {
      throw missing();
    }
    return new Answer.Empty(204, Map.of());
  }

  private Answer run(Exchange exchange) throws IOException {
    Made<Job> made =
        jobs.schedules()
            .run(exchange.path("id"), exchange.caller().name(), RequestKeyHeader.of(exchange, ""))
            .orElseThrow(ScheduleRoutes::missing);
    return json.made(made);
  }

  private static void check(JobSpec job) {
    Required.check((Record) job);
    SpecValues.check(job);
  }

  private ObjectNode json(Schedule schedule) throws IOException {
    return json(schedule, jobs.backupWatch());
  }

  private ObjectNode json(Schedule schedule, BackupWatch watch) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", schedule.id());
    node.put("name", schedule.name());
    node.set("job", Json.MAPPER.<ObjectNode>valueToTree(schedule.job()));
    node.withObject("job").put("kind", schedule.job().jobKind().label());
    node.put("cron", schedule.cron());
    node.put("zone", schedule.zone());
    node.put("paused", schedule.paused());
    Instant next = schedule.nextAt();
    node.put("next_at", next == null ? null : next.toString());
    upcoming(node, schedule);
    Schedule.Failure failure = schedule.failure();
    if (failure == null) {
      node.putNull("last_error");
    } else {
      node.putObject("last_error")
          .put("at", failure.at().toString())
          .put("message", failure.reason());
    }
    node.put("overdue_since", watch.overdueSince(schedule).map(Instant::toString).orElse(null));
    String last = schedule.lastJob();
    Job job = last == null ? null : jobs.get(last).orElse(null);
    if (job == null) {
      node.putNull("last_job");
    } else {
      node.set("last_job", json.listed(job));
    }
    node.put("made_by", schedule.madeBy());
    node.put("made_at", schedule.madeAt().toString());
    return node;
  }

  private static void upcoming(ObjectNode node, Schedule schedule) {
    Instant next = schedule.nextAt();
    node.putArray("next");
    if (next == null) {
      return;
    }
    try {
      // What is due now, or is tried again, may be at no time of the schedule's own.
      times(node, DueTimes.of(schedule.cron(), schedule.zone()), next.minusNanos(1));
    } catch (UsageException unusable) {
      // Made before such times were refused; its last error says so when it is due.
      node.putArray("next");
    }
  }

  private static Schedule found(Optional<Schedule> schedule) {
    return schedule.orElseThrow(ScheduleRoutes::missing);
  }

  private static ProblemException missing() {
    return Problem.missing("there is no such schedule").exception();
  }
}
