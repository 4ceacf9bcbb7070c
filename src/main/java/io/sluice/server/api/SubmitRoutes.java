package io.sluice.server.api;

import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.job.Job;
import io.sluice.job.JobRefusedException;
import io.sluice.job.Jobs;
import io.sluice.job.Made;
import io.sluice.job.files.Upload;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.RequestKey;
import io.sluice.job.work.JobEnvironment;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Json;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import io.sluice.server.http.body.JsonBody;
import io.sluice.server.http.body.Required;
import io.sluice.server.http.body.UploadBody;
import java.io.IOException;
import java.util.List;
import reactor.core.publisher.Mono;

/** How jobs are asked for: once for each {@code Idempotency-Key}, if there is one. */
public final class SubmitRoutes {
  private final Jobs jobs;
  private final JobEnvironment environment;
  private final JobJson json;
  private final UploadBody bodies;

  public SubmitRoutes(Jobs jobs, JobEnvironment environment, JobJson json, UploadBody bodies) {
    this.jobs = jobs;
    this.environment = environment;
    this.json = json;
    this.bodies = bodies;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/jobs", Access.OPERATOR, this::submit)
            .audited("job.submit")
            .once()
            .with(Content.JSON),
        Route.post("/v1/imports", Access.OPERATOR, this::importFile)
            .audited("job.submit")
            .once()
            .taking(ImportQuery.PARAMETERS)
            .with(Content.FILE));
  }

  private Mono<Answer> submit(Exchange exchange) {
    return exchange
        .json()
        .flatMap(
            body -> {
              JobSpec spec = JsonBody.parsed(body, JobSpec.class);
              Required.check((Record) spec);
              SpecValues.check(spec);
              SpecValues.requireEffect(spec);
              // The same job in other words is the same job.
              return submitted(exchange, spec, Json.MAPPER.writeValueAsString(spec));
            });
  }

  private Mono<Answer> importFile(Exchange exchange) {
    return Mono.defer(
        () -> {
          RequestKeyHeader.of(exchange, "");
          ImportSpec asked = ImportQuery.spec(exchange, "");
          SpecValues.check(asked);
          SpecValues.requireEffect(asked);
          return bodies
              .receive(exchange)
              .flatMap(
                  upload ->
                      Blocking.call(
                          () ->
                              imported(
                                  exchange,
                                  ImportQuery.spec(exchange, upload.id()),
                                  Json.MAPPER.writeValueAsString(asked) + described(upload))));
        });
  }

  private static String described(Upload upload) {
    return upload.name() + " " + upload.sha256();
  }

  private Mono<Answer> submitted(Exchange exchange, JobSpec spec, String asked) {
    return Blocking.call(() -> json.made(made(exchange, spec, asked)));
  }

  /** A file that no job takes is not needed. */
  private Answer imported(Exchange exchange, ImportSpec spec, String asked) throws IOException {
    try {
      Made<Job> made = made(exchange, spec, asked);
      if (made.again()) {
        environment.discard(spec.upload());
      }
      return json.made(made);
    } catch (UsageException | JobRefusedException refused) {
      environment.discard(spec.upload());
      throw refused;
    }
  }

  private Made<Job> made(Exchange exchange, JobSpec spec, String asked) {
    RequestKey key = RequestKeyHeader.of(exchange, asked);
    return jobs.submit(spec, exchange.caller().name(), key);
  }
}
