package io.sluice.server.api;

import io.sluice.job.keys.ConsoleSessions;
import io.sluice.job.keys.Role;
import io.sluice.server.access.Gate;
import io.sluice.server.access.Sessions;
import io.sluice.server.access.SignIns;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Caller;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Route;
import io.sluice.server.http.Session;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How the console comes in with a key, and goes. */
public final class SessionRoutes {
  private final SignIns signIns;
  private final Sessions sessions;
  private final boolean tls;

  public SessionRoutes(SignIns signIns, Sessions sessions, boolean tls) {
    this.signIns = signIns;
    this.sessions = sessions;
    this.tls = tls;
  }

  private record Opening(String key) {
    @Override
    public String toString() {
      return "(hidden)";
    }
  }

  private record Current(String name, String role, @Nullable String csrf) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/sessions", Access.OPEN, this::begin).with(Content.JSON),
        Route.get("/v1/sessions/current", Access.VIEWER, SessionRoutes::current),
        Route.delete("/v1/sessions/current", Access.VIEWER, Handler.blocking(this::end))
            .audited("sign_out"));
  }

  private Mono<Answer> begin(Exchange exchange) {
    return exchange
        .body(Opening.class)
        .flatMap(opening -> signIns.signIn(opening.key(), exchange.request()))
        .publishOn(Schedulers.boundedElastic())
        .map(
            key ->
                new Answer.Empty(
                    204,
                    Map.of(
                        "Set-Cookie",
                        cookie(sessions.begin(key), ConsoleSessions.LONGEST.toSeconds()))));
  }

  private static Mono<Answer> current(Exchange exchange) {
    Caller caller = exchange.caller();
    Session session = caller.session();
    Role role = caller.role();
    return Mono.just(
        Answer.Json.ok(
            new Current(caller.name(), role.label(), session == null ? null : session.csrf())));
  }

  private Answer end(Exchange exchange) {
    String token = Gate.cookie(exchange.request());
    if (token != null) {
      sessions.end(token);
    }
    return new Answer.Empty(204, Map.of("Set-Cookie", cookie("", 0)));
  }

  private String cookie(String token, long seconds) {
    return Gate.COOKIE
        + "="
        + token
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + seconds
        + (tls ? "; Secure" : "");
  }
}
