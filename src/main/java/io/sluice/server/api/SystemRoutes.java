package io.sluice.server.api;

import io.sluice.config.NotifyTarget;
import io.sluice.job.Jobs;
import io.sluice.job.TextLimit;
import io.sluice.server.Backend;
import io.sluice.server.ServiceSettings;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Handler;
import io.sluice.server.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Routes for monitoring: health, metrics and the description of the API. */
public final class SystemRoutes {
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  /** How long a database inside this process may take to open again. */
  private static final Duration STUCK = Duration.ofMinutes(2);

  private final Backend backend;
  private final ServiceSettings settings;
  private final int previewRows;

  /**
   * @param previewRows how many rows a preview shows
   */
  public SystemRoutes(Backend backend, ServiceSettings settings, int previewRows) {
    this.previewRows = previewRows;
    this.backend = backend;
    this.settings = settings;
  }

  private record Limits(
      long uploadBytes,
      int jobsAtOnce,
      int previewRows,
      Map<String, Integer> textCharacters,
      String approval) {}

  private record Status(String status) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/healthz", Access.OPEN, Handler.blocking(e -> healthy())),
        Route.get("/readyz", Access.OPEN, Handler.blocking(e -> ready())),
        Route.get("/metrics", Access.VIEWER, Handler.blocking(e -> metrics())),
        Route.get("/openapi.json", Access.OPEN, Handler.blocking(e -> openApi())),
        Route.get("/v1/limits", Access.VIEWER, Handler.blocking(e -> limits())));
  }

  /**
   * A server that is away comes back without this process; a database inside this process that does
   * not open again may need another one.
   */
  private Answer healthy() {
    boolean stuck =
        backend.database().alone()
            && backend.database().away().filter(away -> away.compareTo(STUCK) > 0).isPresent();
    return new Answer.Json(
        stuck ? 503 : 200,
        new Status(stuck ? "the database in the data directory does not open" : "ok"),
        Map.of());
  }

  private Answer ready() {
    boolean answers = backend.database().answers();
    return new Answer.Json(
        answers ? 200 : 503, new Status(answers ? "ok" : "the database does not answer"), Map.of());
  }

  private Answer metrics() {
    Jobs jobs = backend.jobs();
    backend
        .metrics()
        .notices(
            jobs.notices().targets().stream().map(NotifyTarget::name).toList(),
            jobs.notices().store().counts());
    String text =
        backend
            .metrics()
            .scrape(
                jobs.counts(),
                jobs.backups(),
                jobs.notices().overdue().due(),
                jobs.schedules().failing(),
                backend.environment().clock().instant());
    return new Answer.Bytes(200, METRICS, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private Answer limits() {
    Map<String, Integer> texts = new TreeMap<>();
    for (TextLimit text : TextLimit.values()) {
      texts.put(text.name().toLowerCase(Locale.ROOT), text.most());
    }
    return Answer.Json.ok(
        new Limits(
            settings.largestUpload(),
            backend.workers(),
            previewRows,
            texts,
            backend.jobs().decisions().rule().label()));
  }

  private static Answer openApi() throws IOException {
    try (InputStream in =
        SystemRoutes.class.getResourceAsStream("/io/sluice/server/openapi.json")) {
      if (in == null) {
        throw new IOException("openapi.json is not in the jar");
      }
      return new Answer.Bytes(200, "application/json", in.readAllBytes(), Map.of());
    }
  }
}
