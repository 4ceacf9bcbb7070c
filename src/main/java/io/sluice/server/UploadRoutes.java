package io.sluice.server;

import io.sluice.job.Made;
import io.sluice.job.Upload;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Files that people send. */
final class UploadRoutes {
  private final Backend backend;
  private final UploadBody bodies;

  UploadRoutes(Backend backend, UploadBody bodies) {
    this.backend = backend;
    this.bodies = bodies;
  }

  private record Shape(String id, String name, long bytes, String sha256, Instant madeAt) {}

  List<Route> routes() {
    return List.of(
        Route.post("/v1/uploads", Access.OPERATOR, this::receive)
            .taking(Parameter.text("name"))
            .with(Content.FILE),
        Route.get("/v1/uploads/{id}", Access.VIEWER, Handler.blocking(this::get)));
  }

  private Mono<Answer> receive(Exchange exchange) {
    return Mono.fromRunnable(() -> RequestKeyHeader.of(exchange, ""))
        .then(bodies.receive(exchange))
        .publishOn(Schedulers.boundedElastic())
        .flatMap(upload -> Mono.fromCallable(() -> kept(exchange, upload)));
  }

  private Answer kept(Exchange exchange, Upload upload) throws IOException {
    String sent = upload.name() + " " + upload.sha256();
    Made<Upload> made = backend.jobs().keep(upload, RequestKeyHeader.of(exchange, sent));
    return new Answer.Json(
        made.again() ? 200 : 201,
        shape(made.thing()),
        Map.of("Location", "/v1/uploads/" + made.thing().id()));
  }

  private Answer get(Exchange exchange) {
    return backend
        .bench()
        .uploads()
        .get(exchange.path("id"))
        .map(upload -> Answer.Json.ok(shape(upload)))
        .orElseThrow(() -> Problem.missing("there is no such upload").exception());
  }

  private static Shape shape(Upload upload) {
    return new Shape(upload.id(), upload.name(), upload.bytes(), upload.sha256(), upload.madeAt());
  }
}
