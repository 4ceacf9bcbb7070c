package io.sluice.server;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.job.JobSpec;
import io.sluice.job.Upload;
import io.sluice.job.Workbench;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What an import would read from an upload; nobody is called for it. */
final class PreviewRoutes {
  private static final int AT_ONCE = 4;

  private final Workbench bench;
  private final Semaphore free = new Semaphore(AT_ONCE);

  PreviewRoutes(Workbench bench) {
    this.bench = bench;
  }

  private record Wanted(String upload, String resource, JobSpec.@Nullable Reading reading) {}

  List<Route> routes() {
    return List.of(Route.post("/v1/previews", Access.VIEWER, this::preview).with(Content.JSON));
  }

  private Mono<Answer> preview(Exchange exchange) {
    return exchange
        .body(Wanted.class)
        .doOnNext(wanted -> SpecValues.reading(wanted.resource(), wanted.reading()))
        .flatMap(
            wanted ->
                Mono.usingWhen(
                    Mono.fromCallable(this::begun),
                    begun -> preview(wanted),
                    begun -> Mono.fromRunnable(free::release)));
  }

  private boolean begun() {
    if (!free.tryAcquire()) {
      throw Problem.of(503, "busy", "other files are being checked; try again in a moment")
          .with("Retry-After", "5")
          .exception();
    }
    return true;
  }

  private Mono<Answer> preview(Wanted wanted) {
    return Mono.fromCallable(() -> open(wanted))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(Preview::make)
        .map(Answer.Json::ok);
  }

  private Preview open(Wanted wanted) {
    Upload upload =
        bench
            .uploads()
            .get(wanted.upload())
            .orElseThrow(
                () -> Problem.of(422, "no_such_upload", "there is no such upload").exception());
    JobSpec.Reading reading = wanted.reading() == null ? JobSpec.Reading.DEFAULT : wanted.reading();
    try {
      Resource resource = Catalog.get(wanted.resource());
      return new Preview(bench, upload, resource, reading);
    } catch (IllegalArgumentException unknown) {
      throw Problem.of(422, "usage", String.valueOf(unknown.getMessage())).exception();
    }
  }
}
