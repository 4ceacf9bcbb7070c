package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.job.Job;
import io.sluice.job.JobFilter;
import io.sluice.job.JobKind;
import io.sluice.job.Jobs;
import io.sluice.job.Made;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Jobs: which there are, and what is wanted of them. */
public final class JobRoutes {
  private static final int MOST = 100;
  private static final int STANDARD = 50;

  private final Jobs jobs;
  private final JobJson json;

  public JobRoutes(Jobs jobs, JobJson json) {
    this.jobs = jobs;
    this.json = json;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/jobs", Access.VIEWER, Handler.blocking(this::list))
            .taking(
                Parameter.account(),
                Parameter.choice("kind", JobKind.class),
                Parameter.choice("result", JobFilter.Result.class),
                Parameter.before(),
                Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/jobs/{id}", Access.VIEWER, Handler.blocking(this::get)),
        request("cancel", jobs.lifecycle()::cancel),
        request("pause", jobs.lifecycle()::pause),
        request("resume", jobs.lifecycle()::resume),
        Route.post("/v1/jobs/{id}/retry", Access.OPERATOR, Handler.blocking(this::retry))
            .audited("job.retry")
            .once()
            .taking(Parameter.ruled("resource", Catalog::get), Parameter.flag("retryable")));
  }

  private Route request(String name, Consumer<String> request) {
    return Route.post(
            "/v1/jobs/{id}/" + name,
            Access.OPERATOR,
            Handler.blocking(
                exchange -> {
                  request.accept(exchange.path("id"));
                  return new Answer.Json(202, json.of(json.job(exchange)), Map.of());
                }))
        .audited("job." + name);
  }

  private Answer list(Exchange exchange) throws IOException {
    int limit = exchange.number("limit", STANDARD);
    JobFilter filter =
        new JobFilter(
            exchange.query("account"),
            choice(JobKind.class, exchange.query("kind")),
            choice(JobFilter.Result.class, exchange.query("result")),
            exchange.query("before"),
            limit);
    List<Job> found = jobs.list(filter);
    List<ObjectNode> items = new ArrayList<>();
    for (Job job : found) {
      items.add(json.listed(job));
    }
    String next = found.size() < limit ? null : found.get(found.size() - 1).id();
    return Answer.Json.ok(new ItemPage(items, next));
  }

  private static <E extends Enum<E>> @Nullable E choice(Class<E> type, @Nullable String word) {
    return word == null ? null : Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  private Answer get(Exchange exchange) throws IOException {
    return Answer.Json.ok(json.of(json.job(exchange)));
  }

  private Answer retry(Exchange exchange) throws IOException {
    String resource = exchange.query("resource");
    Made<Job> again =
        jobs.retry(
            exchange.path("id"),
            resource,
            exchange.flag("retryable"),
            exchange.caller().name(),
            RequestKeyHeader.of(exchange, resource + " " + exchange.flag("retryable")));
    return json.made(again);
  }
}
