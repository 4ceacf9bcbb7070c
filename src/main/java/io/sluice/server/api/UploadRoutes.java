package io.sluice.server.api;

import io.sluice.job.FileRemoval;
import io.sluice.job.Made;
import io.sluice.job.files.Upload;
import io.sluice.server.Backend;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.RequestKeyHeader;
import io.sluice.server.http.Route;
import io.sluice.server.http.body.FileNames;
import io.sluice.server.http.body.UploadBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Files that people send. */
public final class UploadRoutes {
  private static final int STANDARD = 100;
  private static final int MOST = 1000;

  private final Backend backend;
  private final UploadBody bodies;
  private final FileRemoval removal;

  public UploadRoutes(Backend backend, UploadBody bodies, FileRemoval removal) {
    this.removal = removal;
    this.backend = backend;
    this.bodies = bodies;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/uploads", Access.OPERATOR, this::receive)
            .audited("upload.send")
            .once()
            .taking(Parameter.ruled("name", FileNames::require))
            .with(Content.FILE),
        Route.get("/v1/uploads", Access.VIEWER, Handler.blocking(this::list))
            .taking(Parameter.before(), Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/uploads/{id}", Access.VIEWER, Handler.blocking(this::get)),
        Route.delete("/v1/uploads/{id}", Access.OPERATOR, Handler.blocking(this::remove))
            .audited("upload.remove")
            .taking(Parameter.flag("force")));
  }

  private Answer list(Exchange exchange) {
    int limit = exchange.number("limit", STANDARD);
    List<Upload> found = backend.environment().uploads().latest(exchange.query("before"), limit);
    String next = found.size() < limit ? null : found.get(found.size() - 1).id();
    return Answer.Json.ok(new ItemPage(found, next));
  }

  private Answer remove(Exchange exchange) throws IOException {
    boolean removed =
        removal.upload(exchange.path("id"), exchange.flag("force"), exchange.caller().name());
    if (!removed) {
      throw missing();
    }
    return new Answer.Empty(204, Map.of());
  }

  private static ProblemException missing() {
    return Problem.missing("there is no such upload").exception();
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
        made.thing(),
        Map.of("Location", "/v1/uploads/" + made.thing().id()));
  }

  private Answer get(Exchange exchange) {
    return backend
        .environment()
        .uploads()
        .get(exchange.path("id"))
        .map(Answer.Json::ok)
        .orElseThrow(UploadRoutes::missing);
  }
}
