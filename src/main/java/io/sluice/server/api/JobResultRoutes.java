package io.sluice.server.api;

import io.sluice.catalog.Catalog;
import io.sluice.job.Job;
import io.sluice.job.files.JobFiles;
import io.sluice.job.work.ChangeFile;
import io.sluice.pipeline.compare.Difference;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.MediaTypes;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The results of jobs: rows, changes and files. */
public final class JobResultRoutes {
  private static final int MOST = 500;
  private static final int STANDARD = 100;
  private static final List<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(Outcome::label).toList();
  private static final List<String> ACTIONS =
      Arrays.stream(Action.values()).map(Action::label).toList();
  private static final List<String> PLANNED = List.of("create", "update", "delete");
  private static final List<String> DIFFERENT =
      Arrays.stream(Difference.Kind.values()).map(Difference.Kind::label).toList();

  private final JobJson json;
  private final JobFiles files;

  public JobResultRoutes(JobJson json, JobFiles files) {
    this.json = json;
    this.files = files;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/jobs/{id}/rows", Access.VIEWER, Handler.blocking(this::rows))
            .taking(
                Parameter.ruled("resource", Catalog::get),
                Parameter.choice("outcome", OUTCOMES),
                Parameter.choice("action", ACTIONS),
                Parameter.text("key"),
                Parameter.text("after"),
                Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/jobs/{id}/changes", Access.VIEWER, Handler.blocking(this::changes))
            .taking(
                Parameter.ruled("resource", Catalog::get),
                Parameter.choice("action", PLANNED),
                Parameter.choice("change", DIFFERENT),
                Parameter.text("key"),
                Parameter.text("after"),
                Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/jobs/{id}/files/{name…}", Access.VIEWER, Handler.blocking(this::file))
            .audited("job.download"));
  }

  private Answer rows(Exchange exchange) throws IOException {
    Job job = json.job(exchange);
    int limit = exchange.number("limit", STANDARD);
    RowPages pages = new RowPages(files.job(job.id()), job.resources());
    return Answer.Json.ok(
        pages.page(exchange.query("resource"), exchange.query("after"), wanted(exchange), limit));
  }

  private static Predicate<RowResult> wanted(Exchange exchange) {
    String outcome = exchange.query("outcome");
    String key = exchange.query("key");
    Predicate<RowResult> wanted = row -> true;
    if (outcome != null) {
      Outcome only = Outcome.labelled(outcome);
      wanted = wanted.and(row -> row.outcome() == only);
    }
    String action = exchange.query("action");
    if (action != null) {
      Action only = Action.labelled(action);
      wanted = wanted.and(row -> row.action() == only);
    }
    return key == null ? wanted : wanted.and(row -> contains(row.key(), key));
  }

  private static boolean contains(String text, String part) {
    for (int i = 0; i + part.length() <= text.length(); i++) {
      if (text.regionMatches(true, i, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }

  private Answer changes(Exchange exchange) throws IOException {
    Job job = json.job(exchange);
    int limit = exchange.number("limit", STANDARD);
    Optional<Path> file = files.result(job.id(), ChangeFile.NAME);
    return Answer.Json.ok(
        LinePages.read(file, exchange.query("after"), wantedChange(exchange), limit));
  }

  private static Predicate<JsonNode> wantedChange(Exchange exchange) {
    Predicate<JsonNode> wanted = change -> true;
    for (String name : List.of("action", "change")) {
      String only = exchange.query(name);
      if (only != null) {
        wanted = wanted.and(change -> change.path(name).asString("").equals(only));
      }
    }
    String resource = exchange.query("resource");
    if (resource != null) {
      String slug = Catalog.get(resource).slug();
      wanted = wanted.and(change -> change.path("resource").asString("").equals(slug));
    }
    String key = exchange.query("key");
    return key == null
        ? wanted
        : wanted.and(change -> contains(change.path("key").asString(""), key));
  }

  private Answer file(Exchange exchange) throws IOException {
    Job job = json.job(exchange);
    String name = exchange.path("name");
    return attachment(files.result(job.id(), name), job.id());
  }

  /** A file to be saved, not shown; its name tells where it is from. */
  static Answer attachment(Optional<Path> file, String prefix) throws IOException {
    Path path = file.orElseThrow(() -> Problem.missing("there is no such file").exception());
    return new Answer.Stored(
        path, Files.size(path), MediaTypes.of(path), MediaTypes.saved(prefix, path));
  }
}
