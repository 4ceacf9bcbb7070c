package io.sluice.server.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** All routes of the service, and which of them a request means. */
public final class Routes {
  private final List<Route> all;

  public Routes(List<Route> all) {
    this.all = List.copyOf(all);
  }

  /**
   * A route and what the names of its path stand for.
   *
   * @param parameters by name
   */
  public record Match(Route route, Map<String, String> parameters) {}

  /**
   * The route that a request means. What may be got may be asked for its headers alone.
   *
   * @throws ProblemException if there is none, or none of that method
   */
  public Match find(HttpMethod method, String path) {
    List<String> segments = PathTemplate.segments(path);
    HttpMethod wanted = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    TreeSet<String> others = new TreeSet<>();
    for (Route route : all) {
      Optional<Map<String, String>> parameters = route.path().match(segments);
      if (parameters.isPresent() && route.method().equals(wanted)) {
        return new Match(route, parameters.get());
      } else if (parameters.isPresent()) {
        others.add(route.method().name());
      }
    }
    if (others.isEmpty() && segments.stream().anyMatch(segment -> segment.indexOf('/') >= 0)) {
      throw Problem.of(400, "bad_path", "the path cannot be understood: no such name holds a slash")
          .exception();
    } else if (others.isEmpty()) {
      throw Problem.missing("there is nothing at this address").exception();
    }
    throw Problem.of(405, "method_not_allowed", "this address takes " + String.join(", ", others))
        .with("Allow", String.join(", ", others))
        .exception();
  }
}
