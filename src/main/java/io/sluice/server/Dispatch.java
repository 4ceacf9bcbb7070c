package io.sluice.server;

import io.sluice.report.RunId;
import io.sluice.server.access.ConnectionLimit;
import io.sluice.server.access.Gate;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.AnswerWriter;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.ProblemException;
import io.sluice.server.http.Problems;
import io.sluice.server.http.Query;
import io.sluice.server.http.Route;
import io.sluice.server.http.Routes;
import io.sluice.server.http.body.SentContent;
import io.sluice.server.http.body.UnreadBody;
import io.sluice.server.metrics.ServiceMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Takes each request from the gate to its route and back, and notes how it went. */
final class Dispatch {
  private static final Set<String> PARTS_OF_PAGES =
      Set.of("/assets/{name…}", "/lib/{library}/{name…}");
  private static final Logger LOG = LoggerFactory.getLogger("io.sluice.server.requests");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String NO_ROUTE = "none";

  private final Routes routes;
  private final Gate gate;
  private final ConnectionLimit limit;
  private final AnswerWriter writer;
  private final ServiceMetrics metrics;
  private final AuditRecorder audit;

  Dispatch(
      Routes routes,
      Gate gate,
      ConnectionLimit limit,
      AnswerWriter writer,
      ServiceMetrics metrics,
      AuditRecorder audit) {
    this.routes = routes;
    this.gate = gate;
    this.limit = limit;
    this.writer = writer;
    this.metrics = metrics;
    this.audit = audit;
  }

  /** Answers one request. */
  Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
    return Mono.defer(
        () -> {
          Visit visit = new Visit(id(request.requestHeaders().get("X-Request-Id")));
          return answer(visit, request)
              .flatMap(answer -> writer.send(answer, visit.id, request, response))
              .onErrorResume(
                  error -> !response.hasSentHeaders(),
                  error -> tell(error, visit, request, response))
              .doFinally(end -> note(visit, request, response));
        });
  }

  private Mono<Answer> answer(Visit visit, HttpServerRequest request) {
    return Mono.defer(
        () -> {
          request.withConnection(connection -> limit.asked(connection.channel()));
          gate.requireOwn(request);
          String uri = request.uri();
          int mark = uri.indexOf('?');
          String query = mark < 0 ? "" : uri.substring(mark + 1);
          Routes.Match match =
              routes.find(request.method(), mark < 0 ? uri : uri.substring(0, mark));
          Route route = match.route();
          visit.route = route.path().text();
          return gate.caller(request, route.access())
              .flatMap(
                  caller -> {
                    visit.caller = caller.name();
                    try {
                      gate.requirePermitted(request, caller, route.access());
                    } catch (ProblemException forbidden) {
                      Exchange refused =
                          new Exchange(
                              visit.id,
                              request,
                              match.parameters(),
                              Query.read("", List.of()),
                              caller);
                      return audit.forbidden(route, refused, forbidden).then(Mono.error(forbidden));
                    }
                    if (route.access() != Access.OPEN) {
                      request.withConnection(connection -> limit.admitted(connection.channel()));
                    }
                    SentContent.require(route, request);
                    List<Parameter> declared = route.parameters();
                    Query asked =
                        declared == null ? Query.read("", List.of()) : Query.read(query, declared);
                    return audit.noted(
                        route, new Exchange(visit.id, request, match.parameters(), asked, caller));
                  });
        });
  }

  /** A request that is refused before its body was read has it read first, if that is short. */
  private Mono<Void> tell(
      Throwable error, Visit visit, HttpServerRequest request, HttpServerResponse response) {
    Mono<Void> sent =
        visit.route.equals(NO_ROUTE) && ConsoleFiles.isForPeople(request)
            ? writer.send(ConsoleFiles.noSuchPage(), visit.id, request, response)
            : writer.send(Problems.of(error, visit.id), visit.id, request, response);
    return UnreadBody.discarded(request).then(sent);
  }

  private void note(Visit visit, HttpServerRequest request, HttpServerResponse response) {
    Duration lasted = Duration.ofNanos(System.nanoTime() - visit.begun);
    int status = response.hasSentHeaders() ? response.status().code() : 499;
    String method = visit.route.equals(NO_ROUTE) ? NO_ROUTE : request.method().name();
    metrics.answered(method, visit.route, status, lasted);
    // A page of the console is a dozen files: those say nothing that an operator looks for.
    LOG.atLevel(status < 400 && PARTS_OF_PAGES.contains(visit.route) ? Level.DEBUG : Level.INFO)
        .log(
            "{} {} {} {} ms by {} ({})",
            method,
            visit.route,
            status,
            lasted.toMillis(),
            visit.caller,
            visit.id);
  }

  private static String id(@Nullable String given) {
    return given != null && ID.matcher(given).matches() ? given : RunId.at(Instant.now()).text();
  }

  /** One request, as the log and the metrics tell of it. Nothing in it is the caller's own text. */
  private static final class Visit {
    private final String id;
    private final long begun = System.nanoTime();
    private volatile String route = NO_ROUTE;
    private volatile String caller = "nobody";

    Visit(String id) {
      this.id = id;
    }
  }
}
