package io.sluice.job.work;

import io.sluice.api.transport.FeedClient;
import io.sluice.config.FeedEntry;
import io.sluice.flow.Blocking;
import io.sluice.job.spec.FeedSpec;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.feed.FeedFetch;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes an account what a feed of the configuration says, if it has changed. */
public final class FeedWork implements Work {
  private static final String FILE = "input";

  private final FeedSpec spec;
  private final JobEnvironment environment;
  private final ApprovalStage approval;

  FeedWork(FeedSpec spec, JobEnvironment environment, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.environment = environment;
  }

  /**
   * How the feed's rows are read and what is made of them.
   *
   * @throws io.sluice.config.UsageException if that cannot be understood
   */
  public static ImportRequest request(FeedSpec spec, FeedEntry feed, String toolVersion) {
    Reading given = spec.reading() == null ? Reading.DEFAULT : spec.reading();
    return ImportWork.request(
        feed.resource(),
        feed.address().fileName(),
        given.orElse(feed.format(), "UTF-8"),
        spec.options(),
        toolVersion);
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    return Blocking.call(() -> environment.feed(spec.feed()))
        .flatMap(
            feed ->
                environment.with(
                    spec.profile(),
                    run,
                    session ->
                        Blocking.using(
                            () -> ScratchDirectory.temporary("feed"),
                            scratch -> run(session, feed, scratch.directory().resolve(FILE)),
                            scratch -> Blocking.run(scratch::close))));
  }

  private Mono<JobOutcome> run(JobSession session, FeedEntry feed, Path file) {
    Path results = environment.files().job(session.job().id());
    if (InputSource.isSpooled(results)) {
      return imported(
          session, feed, (directory, again) -> before(feed, directory), Optional.empty());
    }
    FeedFetch.Request request =
        new FeedFetch.Request(
            feed.address(),
            feed.header(),
            session.account().account(),
            request(spec, feed, environment.toolVersion()));
    Path kept = environment.files().feed(request.name());
    return session
        .stop()
        .orStop(
            new FeedFetch(new FeedClient(environment.transport()), environment.clock())
                .fetch(request, kept, file))
        .flatMap(
            result -> {
              if (result instanceof FeedFetch.Result.Fetched fetched) {
                return imported(
                    session,
                    feed,
                    (directory, again) -> copied(feed, file, directory),
                    Optional.of(new Keeping(fetched, kept)));
              }
              return Mono.just(unchanged(feed, (FeedFetch.Result.Unchanged) result));
            });
  }

  /** What is kept once all of the feed is imported. */
  private record Keeping(FeedFetch.Result.Fetched fetched, Path file) {}

  private Mono<JobOutcome> imported(
      JobSession session,
      FeedEntry feed,
      ResultsLocation.SourceOpener source,
      Optional<Keeping> keeping) {
    ImportRequest request = request(spec, feed, environment.toolVersion());
    return approval.concerns(session.job(), request.mode())
        ? approval.run(session.job(), "import", halves(session, request, source))
        : run(session, request, source, null, keeping);
  }

  /** What is approved is carried out in a later run: until then nothing is kept of the feed. */
  private ApprovalStage.Halves halves(
      JobSession session, ImportRequest request, ResultsLocation.SourceOpener source) {
    return new ApprovalStage.Halves() {
      @Override
      public Mono<JobOutcome> rehearse(PlanTarget target) {
        return run(session, request.rehearsed(), source, target, Optional.empty());
      }

      @Override
      public Mono<JobOutcome> apply(SavedPlan plan, Confirmation confirmation) {
        return ImportWork.applied(environment, session, plan, confirmation);
      }
    };
  }

  private Mono<JobOutcome> run(
      JobSession session,
      ImportRequest request,
      ResultsLocation.SourceOpener source,
      @Nullable PlanTarget target,
      Optional<Keeping> keeping) {
    return ImportWork.run(environment, session, request, source, target)
        .flatMap(
            result ->
                Blocking.call(
                    () -> {
                      if (keeping.isPresent()) {
                        Keeping keep = keeping.get();
                        FeedFetch.keep(keep.fetched(), request, result.summary(), keep.file());
                      }
                      return ImportWork.ended(result);
                    }));
  }

  private static InputSource before(FeedEntry feed, Path directory) throws IOException {
    return InputSource.spooledBefore(feed.address().toString(), directory);
  }

  private static InputSource copied(FeedEntry feed, Path file, Path directory) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return InputSource.spooled(feed.address().toString(), in, directory);
    }
  }

  private static JobOutcome unchanged(FeedEntry feed, FeedFetch.Result.Unchanged same) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.put("outcome", "unchanged");
    summary
        .putObject("feed")
        .put("name", feed.name())
        .put("address", feed.address().toString())
        .put("since", same.since().toString());
    return new JobOutcome(ExitCode.OK, summary);
  }
}
