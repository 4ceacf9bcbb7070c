package io.sluice.server;

import java.util.ArrayList;
import java.util.List;

/** The files of the console, which are in the jar. Each of its pages is the same file. */
final class ConsoleFiles {
  private static final String FOLDER = "console/";

  /** The addresses of pages; what is on each is the console's own business. */
  private static final List<String> PAGES =
      List.of("/", "/jobs", "/jobs/{id}", "/import", "/snapshots", "/schedules", "/accounts");

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
