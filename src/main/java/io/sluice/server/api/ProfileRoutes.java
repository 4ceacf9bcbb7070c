package io.sluice.server.api;

import io.sluice.config.Connection;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.job.work.JobEnvironment;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The accounts that jobs may work on: never what opens them. */
public final class ProfileRoutes {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int MOST = 1000;

  private final JobEnvironment environment;
  private final Map<String, Mono<ObjectNode>> statuses = new ConcurrentHashMap<>();

  public ProfileRoutes(JobEnvironment environment) {
    this.environment = environment;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/profiles", Access.VIEWER, Handler.blocking(exchange -> list())),
        Route.get("/v1/profiles/{name}/status", Access.VIEWER, this::status));
  }

  private Answer list() {
    return ItemPage.whole(environment.accounts().names().stream().map(this::profile));
  }

  private ObjectNode profile(String name) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    try {
      Connection connection = environment.accounts().connection(name);
      json.put("account", connection.account().id());
      json.put("base_url", connection.account().baseUrl().toString());
      json.putNull("problem");
    } catch (UsageException unusable) {
      json.putNull("account").putNull("base_url");
      problem(json, "usage", String.valueOf(unusable.getMessage()), unusable.hint());
    }
    return json;
  }

  static void problem(ObjectNode json, String code, String message, @Nullable String hint) {
    json.putObject("problem").put("code", code).put("message", message).put("hint", hint);
  }

  private Mono<Answer> status(Exchange exchange) {
    String name = exchange.path("name");
    return Blocking.call(() -> environment.accounts().names().contains(name))
        .flatMap(
            known ->
                known
                    ? cached(name)
                    : Mono.error(Problem.missing("there is no such profile").exception()))
        .map(Answer.Json::ok);
  }

  /** Many who look at the same time cost one look. */
  private Mono<ObjectNode> cached(String name) {
    if (statuses.size() > MOST) {
      statuses.clear();
    }
    return statuses.computeIfAbsent(
        name,
        key ->
            Mono.defer(() -> new AccountLook(environment, key).look())
                .cache(ProfileRoutes::fresh, error -> Duration.ZERO, () -> Duration.ZERO));
  }

  /** A failure is not kept: the next request finds what has been put right since. */
  private static Duration fresh(ObjectNode found) {
    return found.path("reachable").asBoolean(false) ? FRESH : Duration.ZERO;
  }
}
