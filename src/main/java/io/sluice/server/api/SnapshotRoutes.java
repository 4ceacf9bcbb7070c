package io.sluice.server.api;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.job.FileRemoval;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.SnapshotPage;
import io.sluice.job.work.JobEnvironment;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.Handler;
import io.sluice.server.http.MediaTypes;
import io.sluice.server.http.Parameter;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.NotASnapshotException;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import io.sluice.snapshot.Verification;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The snapshots that jobs have made. */
public final class SnapshotRoutes {
  private static final int REMEMBERED = 1000;
  private static final int STANDARD = 100;
  private static final int MOST = 1000;

  private final JobEnvironment environment;
  private final FileRemoval removal;

  /** What the last look at a snapshot found; kept in memory. */
  private final Map<String, ObjectNode> verified =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
              return size() > REMEMBERED;
            }
          });

  public SnapshotRoutes(JobEnvironment environment, FileRemoval removal) {
    this.environment = environment;
    this.removal = removal;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/snapshots", Access.VIEWER, Handler.blocking(this::list))
            .taking(
                Parameter.account(),
                Parameter.ruled("before", SnapshotRoutes::requireId),
                Parameter.whole("limit", 1, MOST)),
        Route.get("/v1/snapshots/{id}", Access.VIEWER, Handler.blocking(this::get)),
        Route.delete("/v1/snapshots/{id}", Access.OPERATOR, Handler.blocking(this::remove))
            .audited("snapshot.remove")
            .taking(Parameter.flag("force")),
        Route.post("/v1/snapshots/{id}/verify", Access.OPERATOR, Handler.blocking(this::verify)),
        Route.get("/v1/snapshots/{id}/archive", Access.VIEWER, Handler.blocking(this::archive))
            .audited("snapshot.download"),
        Route.get("/v1/snapshots/{id}/files/{name}", Access.VIEWER, Handler.blocking(this::file))
            .audited("snapshot.download"));
  }

  private Answer list(Exchange exchange) throws IOException {
    SnapshotPage page =
        SnapshotPage.of(
            environment.files(),
            exchange.query("account"),
            exchange.query("before"),
            exchange.number("limit", STANDARD));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("items").addAll(page.snapshots().stream().map(this::json).toList());
    json.put("next", page.next());
    json.putArray("unreadable");
    page.unreadable()
        .forEach(
            (id, why) ->
                json.withArray("unreadable")
                    .addObject()
                    .put("id", id)
                    .put("account", id.substring(0, id.indexOf('~')))
                    .put("why", why));
    page.accounts().forEach(json.putArray("accounts")::add);
    return Answer.Json.ok(json);
  }

  private static void requireId(String id) {
    if (!JobFiles.isSnapshotId(id)) {
      throw new IllegalArgumentException(
          "it is the id of a snapshot, which an earlier page named as next, not '"
              + EscapedText.brief(id)
              + "'");
    }
  }

  private Answer get(Exchange exchange) throws IOException {
    return Answer.Json.ok(json(snapshot(exchange)));
  }

  private Answer remove(Exchange exchange) throws IOException {
    Snapshot snapshot = snapshot(exchange);
    removal.snapshot(snapshot, exchange.flag("force"), exchange.caller().name());
    verified.remove(JobFiles.snapshotId(snapshot));
    return new Answer.Empty(204, Map.of());
  }

  private ObjectNode json(Snapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String id = JobFiles.snapshotId(snapshot);
    json.put("id", id);
    json.put("account", manifest.accountId());
    json.put("started_at", manifest.startedAt().toString());
    json.put("finished_at", manifest.finishedAt().toString());
    json.put("consistent", manifest.consistent());
    json.put("rows", manifest.rows());
    json.put("bytes", manifest.resources().stream().mapToLong(ResourceEntry::bytes).sum());
    json.putArray("resources");
    json.set("unavailable", Unavailable.json(manifest.unavailable()));
    for (ResourceEntry entry : manifest.resources()) {
      json.withArray("resources")
          .addObject()
          .put("resource", entry.resource())
          .put("rows", entry.rows())
          .put("bytes", entry.bytes())
          .put("file", entry.file())
          .put("consistent", entry.consistent());
    }
    json.set("verified", verified.get(id));
    return json;
  }

  private Answer verify(Exchange exchange) throws IOException {
    Snapshot snapshot = snapshot(exchange);
    Verification found = Verifier.verify(snapshot);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", environment.clock().instant().toString());
    json.put("sound", found.sound());
    json.putArray("faults");
    for (Verification.Finding finding : found.files()) {
      for (String problem : finding.problems()) {
        json.withArray("faults")
            .addObject()
            .put("file", finding.entry().file())
            .put("what", problem);
      }
    }
    verified.put(JobFiles.snapshotId(snapshot), json);
    return Answer.Json.ok(json);
  }

  private Answer file(Exchange exchange) throws IOException {
    Snapshot snapshot = snapshot(exchange);
    String id = JobFiles.snapshotId(snapshot);
    return JobResultRoutes.attachment(JobFiles.file(snapshot, exchange.path("name")), id);
  }

  private Answer archive(Exchange exchange) throws IOException {
    Snapshot snapshot = snapshot(exchange);
    List<Path> files = new ArrayList<>();
    for (ResourceEntry entry : snapshot.manifest().resources()) {
      files.add(present(snapshot, entry.file()));
    }
    files.add(present(snapshot, Manifest.FILE));
    Path name = Path.of("snapshot.zip");
    return new Answer.Packed(files, MediaTypes.saved(JobFiles.snapshotId(snapshot), name));
  }

  /** A zip without one of its files would look like a whole snapshot. */
  private static Path present(Snapshot snapshot, String name) {
    return JobFiles.file(snapshot, name)
        .orElseThrow(
            () -> Problem.of(409, "damaged", "the snapshot lacks its file " + name).exception());
  }

  private Snapshot snapshot(Exchange exchange) throws IOException {
    try {
      return environment
          .files()
          .snapshot(exchange.path("id"))
          .orElseThrow(() -> Problem.missing("there is no such snapshot").exception());
    } catch (NotASnapshotException unreadable) {
      String why = environment.files().withoutPath(String.valueOf(unreadable.getMessage()));
      throw Problem.of(409, "damaged", why + "; " + JobFiles.REPAIR).exception();
    }
  }
}
