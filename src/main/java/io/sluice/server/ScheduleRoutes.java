package io.sluice.server;

import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.job.Jobs;
import io.sluice.job.Schedule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Jobs that are made again and again. */
final class ScheduleRoutes {
  private final Jobs jobs;
  private final JobJson json;

  ScheduleRoutes(Jobs jobs, JobJson json) {
    this.jobs = jobs;
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

  List<Route> routes() {
    return List.of(
        Route.get("/v1/schedules", Access.VIEWER, Handler.blocking(this::list)),
        Route.post("/v1/schedules", Access.OPERATOR, this::add).with(Content.JSON),
        Route.get("/v1/schedules/{id}", Access.VIEWER, Handler.blocking(this::get)),
        Route.put("/v1/schedules/{id}", Access.OPERATOR, this::replace).with(Content.JSON),
        Route.delete("/v1/schedules/{id}", Access.OPERATOR, Handler.blocking(this::remove)),
        Route.post("/v1/schedules/{id}/run", Access.OPERATOR, Handler.blocking(this::run)));
  }

  private Answer list(Exchange exchange) throws IOException {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    page.putArray("items");
    for (Schedule schedule : jobs.schedules().all()) {
      page.withArray("items").add(json(schedule));
    }
    page.putNull("next");
    return Answer.Json.ok(page);
  }

  private Answer get(Exchange exchange) throws IOException {
    return Answer.Json.ok(json(found(jobs.schedules().get(exchange.path("id")))));
  }

  private Mono<Answer> add(Exchange exchange) {
    return asked(exchange)
        .flatMap(
            asked ->
                blocking(
                    () -> {
                      jobs.check(asked.job());
                      Schedule made =
                          jobs.schedules()
                              .add(
                                  asked.name(),
                                  asked.job(),
                                  asked.cron(),
                                  asked.zone(),
                                  asked.rests(),
                                  exchange.caller().name());
                      String address = "/v1/schedules/" + made.id();
                      return new Answer.Json(201, json(made), Map.of("Location", address));
                    }));
  }

  private Mono<Answer> replace(Exchange exchange) {
    return asked(exchange)
        .flatMap(
            asked ->
                blocking(
                    () -> {
                      jobs.check(asked.job());
                      return Answer.Json.ok(
                          json(
                              found(
                                  jobs.schedules()
                                      .replace(
                                          exchange.path("id"),
                                          asked.name(),
                                          asked.job(),
                                          asked.cron(),
                                          asked.zone(),
                                          asked.rests()))));
                    }));
  }

  private Answer remove(Exchange exchange) {
    if (!jobs.schedules().remove(exchange.path("id"))) {
      throw missing();
    }
    return new Answer.Empty(204, Map.of());
  }

  private Answer run(Exchange exchange) throws IOException {
    Job job =
        jobs.schedules()
            .run(exchange.path("id"), exchange.caller().name())
            .orElseThrow(ScheduleRoutes::missing);
    return JobAnswers.taken(json.of(job), job);
  }

  private static Mono<Asked> asked(Exchange exchange) {
    return JsonBody.read(exchange)
        .map(
            body -> {
              Asked asked = Required.check(JsonBody.parsed(body, Asked.class));
              Required.check((Record) asked.job());
              SpecValues.check(asked.job());
              return asked;
            });
  }

  private static Mono<Answer> blocking(Callable<Answer> work) {
    return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
  }

  private ObjectNode json(Schedule schedule) throws IOException {
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
    String last = schedule.lastJob();
    Job job = last == null ? null : jobs.get(last).orElse(null);
    if (job == null) {
      node.putNull("last_job");
    } else {
      node.set("last_job", json.of(job));
    }
    node.put("made_by", schedule.madeBy());
    node.put("made_at", schedule.madeAt().toString());
    return node;
  }

  private static Schedule found(Optional<Schedule> schedule) {
    return schedule.orElseThrow(ScheduleRoutes::missing);
  }

  private static ProblemException missing() {
    return Problem.missing("there is no such schedule").exception();
  }
}
