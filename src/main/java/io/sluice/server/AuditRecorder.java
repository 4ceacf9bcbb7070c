package io.sluice.server;

import io.sluice.flow.Blocking;
import io.sluice.job.audit.AuditAction;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.server.access.ConnectionLimit;
import io.sluice.server.access.RefusalTrail;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Problem;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.Problems;
import io.sluice.server.http.Route;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in the audit trail what a request did, before its answer goes out: an answer that says that
 * something was done is not sent unless the trail has it.
 */
final class AuditRecorder {
  /** Where an answer that made a job says that it is. */
  private static final String JOBS = "/v1/jobs/";

  private final AuditTrail trail;
  private final RefusalTrail refused;

  AuditRecorder(AuditTrail trail, RefusalTrail refused) {
    this.refused = refused;
    this.trail = trail;
  }

  /** The answer of the route, once it is noted if the route asks for that. */
  Mono<Answer> noted(Route route, Exchange exchange) {
    Mono<Answer> answer = route.handler().answer(exchange).map(Answer.class::cast);
    String action = route.audit();
    return action == null
        ? answer
        : answer
            .onErrorResume(error -> add(refused(action, exchange, error)).then(Mono.error(error)))
            .flatMap(done -> add(event(action, exchange, done)).thenReturn(done));
  }

  /** Notes that a caller who is known may not do what the route does. */
  Mono<Void> forbidden(Route route, Exchange exchange, ProblemException why) {
    Problem problem = Problems.of(why, exchange.id());
    String action = AuditAction.ACCESS_REFUSED;
    String detail =
        problem.status()
            + " "
            + problem.code()
            + ": "
            + route.method().name()
            + " "
            + route.path().text();
    String id = exchange.path().getOrDefault("id", "");
    String job = route.path().text().startsWith("/v1/jobs/{id}") ? id : "";
    return refused.note(
        exchange.caller().id(), of(exchange, action, subject(exchange, ""), job, "", detail));
  }

  private Mono<Void> add(AuditEvent event) {
    return Blocking.run(() -> trail.add(event));
  }

  private static AuditEvent refused(String action, Exchange exchange, Throwable error) {
    Problem problem = Problems.of(error, exchange.id());
    return of(
        exchange, action, subject(exchange, ""), "", "", problem.status() + " " + problem.code());
  }

  private static AuditEvent event(String action, Exchange exchange, Answer answer) {
    String made = answer.headers().getOrDefault("Location", "");
    String subject = subject(exchange, made.substring(made.lastIndexOf('/') + 1));
    Answer.Noted noted = answer instanceof Answer.Noted more ? more : null;
    Answer sent = noted == null ? answer : noted.answer();
    String detail = noted == null ? "" : ": " + noted.detail();
    ObjectNode body =
        sent instanceof Answer.Json json && json.body() instanceof ObjectNode node ? node : null;
    String plan = body == null ? "" : body.path("approval").path("plan_sha256").asString("");
    String job = made.startsWith(JOBS) ? made.substring(JOBS.length()) : "";
    return of(exchange, action, subject, job, plan, answer.status() + detail);
  }

  private static String subject(Exchange exchange, String made) {
    String named = String.join("/", new TreeMap<>(exchange.path()).values());
    return named.isEmpty() ? made : named;
  }

  private static AuditEvent of(
      Exchange exchange, String action, String subject, String job, String plan, String detail) {
    String about =
        job.isEmpty() && action.startsWith("job.") ? exchange.path().getOrDefault("id", "") : job;
    return new AuditEvent(
        exchange.caller().name(),
        ConnectionLimit.address(exchange.request().remoteAddress()),
        action,
        subject,
        about.length() > 40 ? "" : about,
        plan,
        detail);
  }
}
