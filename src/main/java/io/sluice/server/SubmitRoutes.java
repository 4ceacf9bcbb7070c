package io.sluice.server;

import io.sluice.disk.Sha256;
import io.sluice.job.Doing;
import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.job.Jobs;
import io.sluice.job.RequestKey;
import io.sluice.job.Submitted;
import io.sluice.job.Upload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How jobs are asked for: once for each {@code Idempotency-Key}, if there is one. */
final class SubmitRoutes {
  private static final int LONGEST_KEY = 255;

  private final Jobs jobs;
  private final JobJson json;
  private final UploadBody bodies;

  SubmitRoutes(Jobs jobs, JobJson json, UploadBody bodies) {
    this.jobs = jobs;
    this.json = json;
    this.bodies = bodies;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/jobs", Access.OPERATOR, this::submit),
        Route.post("/v1/imports", Access.OPERATOR, this::importFile));
  }

  private Mono<Answer> submit(Exchange exchange) {
    return JsonBody.read(exchange)
        .flatMap(
            body -> {
              JobSpec spec = JsonBody.parsed(body, JobSpec.class);
              Required.check((Record) spec);
              // The same wish in other words is the same wish.
              return submitted(exchange, spec, Json.MAPPER.writeValueAsString(spec));
            });
  }

  private Mono<Answer> importFile(Exchange exchange) {
    return Mono.defer(
        () -> {
          requireUsable(key(exchange));
          JobSpec.Import asked = asked(exchange, "");
          return bodies
              .receive(exchange)
              .flatMap(
                  upload ->
                      submitted(
                          exchange,
                          asked(exchange, upload.id()),
                          Json.MAPPER.writeValueAsString(asked) + told(upload)));
        });
  }

  private static String told(Upload upload) {
    return upload.name() + " " + upload.sha256();
  }

  private static JobSpec.Import asked(Exchange exchange, String upload) {
    JobSpec.Reading reading =
        new JobSpec.Reading(
            exchange.query("format"),
            exchange.query("encoding"),
            null,
            null,
            exchange.query("validation"),
            exchange.flag("skip_invalid"),
            exchange.flag("normalize"));
    Doing doing =
        new Doing(
            exchange.query("mode"),
            exchange.query("strategy"),
            exchange.flag("dry_run"),
            exchange.query("max_deletes"),
            exchange.query("max_errors"),
            exchange.flag("allow_unprotect"),
            null);
    return new JobSpec.Import(
        exchange.required("profile"), exchange.required("resource"), upload, reading, doing);
  }

  private Mono<Answer> submitted(Exchange exchange, JobSpec spec, String asked) {
    return Mono.fromCallable(() -> submit(exchange, spec, asked))
        .subscribeOn(Schedulers.boundedElastic());
  }

  private Answer submit(Exchange exchange, JobSpec spec, String asked) throws IOException {
    String caller = exchange.caller().name();
    String key = key(exchange);
    requireUsable(key);
    if (key == null) {
      Job job = jobs.submit(spec, caller);
      return JobAnswers.taken(json.of(job), job);
    }
    Submitted submitted = jobs.submit(spec, new RequestKey(caller, key, Sha256.hex(asked)));
    Job job = submitted.job();
    return submitted.again()
        ? JobAnswers.known(json.of(job), job)
        : JobAnswers.taken(json.of(job), job);
  }

  private static @Nullable String key(Exchange exchange) {
    return exchange.header("Idempotency-Key");
  }

  private static void requireUsable(@Nullable String key) {
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      throw Problem.of(400, "bad_idempotency_key", "an Idempotency-Key has 1 to 255 characters")
          .exception();
    }
  }
}
