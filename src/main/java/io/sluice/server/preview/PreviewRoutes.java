package io.sluice.server.preview;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.format.InputFormat;
import io.sluice.format.TextGuess;
import io.sluice.job.files.Upload;
import io.sluice.job.work.JobEnvironment;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.server.api.SpecValues;
import io.sluice.server.http.Access;
import io.sluice.server.http.Answer;
import io.sluice.server.http.Content;
import io.sluice.server.http.Exchange;
import io.sluice.server.http.FewAtOnce;
import io.sluice.server.http.Problem;
import io.sluice.server.http.Route;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The rows that an import would read from an upload. Makes no calls. */
public final class PreviewRoutes {
  /** How many rows a preview shows. */
  public static final int ROWS = Preview.ROWS;

  private static final int AT_ONCE = 4;

  private final JobEnvironment environment;
  private final FewAtOnce atOnce = new FewAtOnce(AT_ONCE, "other files are being checked");

  public PreviewRoutes(JobEnvironment environment) {
    this.environment = environment;
  }

  private record Wanted(String upload, String resource, @Nullable Reading reading) {}

  public List<Route> routes() {
    return List.of(Route.post("/v1/previews", Access.VIEWER, this::preview).with(Content.JSON));
  }

  private Mono<Answer> preview(Exchange exchange) {
    return exchange
        .body(Wanted.class)
        .doOnNext(wanted -> SpecValues.reading(wanted.resource(), wanted.reading()))
        .flatMap(wanted -> atOnce.run(() -> preview(wanted)));
  }

  private Mono<Answer> preview(Wanted wanted) {
    return Blocking.call(() -> open(wanted)).flatMap(Preview::make).map(Answer.Json::ok);
  }

  private Preview open(Wanted wanted) {
    Upload upload =
        environment
            .uploads()
            .get(wanted.upload())
            .orElseThrow(
                () -> Problem.of(422, "no_such_upload", "there is no such upload").exception());
    Reading reading = wanted.reading() == null ? Reading.DEFAULT : wanted.reading();
    try {
      Resource resource = Catalog.get(wanted.resource());
      return new Preview(environment, upload, resource, detected(upload, reading));
    } catch (IllegalArgumentException unknown) {
      throw Problem.of(422, "usage", String.valueOf(unknown.getMessage())).exception();
    }
  }

  /** What neither the request nor the file's name says, as the file's bytes show it. */
  private Reading detected(Upload upload, Reading reading) {
    boolean named = reading.format() != null || InputFormat.ofFileName(upload.name()).isPresent();
    if (named && reading.encoding() != null) {
      return reading;
    }
    try {
      TextGuess guess = TextGuess.of(Files.newInputStream(environment.files().upload(upload.id())));
      return reading.orElse(
          named ? null : guess.format().name().toLowerCase(Locale.ROOT), guess.encoding().name());
    } catch (ZipException | EOFException damaged) {
      // Reported by the check itself, with its place.
      return reading;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
