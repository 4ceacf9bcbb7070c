package io.sluice.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import reactor.netty.http.server.HttpServerRequest;

/** The files of the console, which are in the jar. Each of its pages is the same file. */
final class ConsoleFiles {
  private static final String FOLDER = "console/";

  /** The addresses of pages; what is on each is the console's own business. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/jobs",
          "/jobs/{id}",
          "/import",
          "/snapshots",
          "/insight",
          "/insight/record",
          "/schedules",
          "/accounts",
          "/accounts/{name}/expiring",
          "/approvals",
          "/settings",
          "/keys");

  /** True if a browser asks for a page, outside the API. */
  static boolean isForPeople(HttpServerRequest request) {
    String accepted = request.requestHeaders().get(HttpHeaderNames.ACCEPT, "");
    return request.method().equals(HttpMethod.GET)
        && accepted.contains("text/html")
        && !request.uri().startsWith("/v1");
  }

  /** The console, which says that there is no such page, and where the others are. */
  static Answer noSuchPage() {
    return PackagedFile.of(404, FOLDER, "index.html");
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String page : PAGES) {
      routes.add(
          Route.get(
                  page,
                  Access.OPEN,
                  Handler.blocking(e -> PackagedFile.answer(e, FOLDER, "index.html")))
              .leavingTheQueryToThePage());
    }
    routes.add(
        Route.get(
            "/assets/{name…}",
            Access.OPEN,
            Handler.blocking(e -> PackagedFile.answer(e, FOLDER + "assets/", e.path("name")))));
    return routes;
  }
}
