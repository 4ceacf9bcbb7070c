package io.sluice.job.work;

import io.sluice.api.transport.FeedClient;
import io.sluice.config.FeedEntry;
import io.sluice.flow.Blocking;
import io.sluice.format.OptionNames;
import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ScratchDirectory;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.feed.FeedFetch;
import io.sluice.pipeline.feed.FeedState;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRun;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.ResultsLocation;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.report.ExitCode;
import io.sluice.report.RunId;
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

  private final JobSpec.Feed spec;
  private final JobEnvironment bench;
  private final ApprovalStage approval;

  FeedWork(JobSpec.Feed spec, JobEnvironment bench, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.bench = bench;
  }

  /**
   * How the feed's rows are read and what is made of them.
   *
   * @throws io.sluice.config.UsageException if that cannot be understood
   */
  public static ImportRequest request(JobSpec.Feed spec, FeedEntry feed, String toolVersion) {
    Reading given = spec.reading() == null ? Reading.DEFAULT : spec.reading();
    Reading reading = given.orElse(feed.format(), "UTF-8");
    ImportOptions options = spec.options() == null ? ImportOptions.DEFAULT : spec.options();
    return options.request(
        reading.request(
            feed.resource(),
            feed.address().fileName(),
            options.chosenMode(OptionNames.API),
            OptionNames.API),
        reading.skipInvalid(),
        InputOrigin.UNKNOWN,
        toolVersion,
        OptionNames.API);
  }

  @Override
  public Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop) {
    return Blocking.call(() -> bench.feed(spec.feed()))
        .flatMap(
            feed ->
                bench.with(
                    spec.profile(),
                    progress,
                    stop,
                    session ->
                        Mono.usingWhen(
                            Blocking.call(() -> ScratchDirectory.temporary("feed")),
                            scratch ->
                                run(
                                    new Fetching(job, feed, session, progress, stop),
                                    scratch.directory().resolve(FILE)),
                            scratch -> Blocking.run(scratch::close))));
  }

  /** One job at work. */
  private record Fetching(
      Job job, FeedEntry feed, AccountSession session, ProgressLog progress, StopSignal stop) {}

  private Mono<JobOutcome> run(Fetching now, Path file) {
    Path results = bench.files().job(now.job().id());
    if (InputSource.isSpooled(results)) {
      return imported(now, (directory, again) -> before(now, directory), Optional.empty());
    }
    FeedFetch.Request request =
        new FeedFetch.Request(
            now.feed().address(),
            now.feed().header(),
            now.session().account(),
            request(spec, now.feed(), bench.toolVersion()));
    Path kept = bench.files().feed(request.name());
    return now.stop()
        .orStop(
            new FeedFetch(new FeedClient(bench.transport()), bench.clock())
                .fetch(request, kept, file))
        .flatMap(
            result -> {
              if (result instanceof FeedFetch.Result.Fetched fetched) {
                return imported(
                    now,
                    (directory, again) -> copied(now, file, directory),
                    Optional.of(new Keeping(fetched.state(), kept)));
              }
              return Mono.just(unchanged(now.feed(), (FeedFetch.Result.Unchanged) result));
            });
  }

  /** What is kept once all of the feed is imported. */
  private record Keeping(FeedState state, Path file) {}

  private Mono<JobOutcome> imported(
      Fetching now, ResultsLocation.SourceOpener source, Optional<Keeping> keeping) {
    ImportRequest request = request(spec, now.feed(), bench.toolVersion());
    return approval.concerns(now.job(), request.mode())
        ? approval.run(now.job(), "import", halves(now, request, source))
        : run(now, request, source, null, keeping);
  }

  /** What is approved is carried out in a later run: until then nothing is kept of the feed. */
  private ApprovalStage.Halves halves(
      Fetching now, ImportRequest request, ResultsLocation.SourceOpener source) {
    return new ApprovalStage.Halves() {
      @Override
      public Mono<JobOutcome> rehearse(PlanTarget target) {
        return run(now, request.rehearsed(), source, target, Optional.empty());
      }

      @Override
      public Mono<JobOutcome> apply(
          SavedPlan plan, ImportOptions given, Confirmation confirmation) {
        return ImportWork.applied(
            bench,
            now.job(),
            plan,
            given,
            now.progress(),
            new ImportRun(now.session(), confirmation, now.stop(), bench.clock()));
      }
    };
  }

  private Mono<JobOutcome> run(
      Fetching now,
      ImportRequest request,
      ResultsLocation.SourceOpener source,
      @Nullable PlanTarget target,
      Optional<Keeping> keeping) {
    Path results = bench.files().job(now.job().id());
    return Changes.kept(
            results,
            request.dryRun(),
            changes ->
                new ImportRun(
                        now.session(), Confirmation.given(), now.stop(), bench.clock(), target)
                    .run(
                        new RunId(now.job().id()),
                        new ImportRun.Part(
                            request,
                            new ResultsLocation(source, results, true),
                            now.progress().andThen(changes))))
        .flatMap(
            result ->
                Blocking.call(
                    () -> {
                      if (keeping.isPresent() && isWhole(result, request)) {
                        keeping.get().state().write(keeping.get().file());
                      }
                      return ImportWork.ended(result);
                    }));
  }

  private static boolean isWhole(ImportResult result, ImportRequest request) {
    return result.summary().exit() == ExitCode.OK
        && !request.dryRun()
        && result.summary().rows() > 0;
  }

  private static InputSource before(Fetching now, Path directory) throws java.io.IOException {
    return InputSource.spooledBefore(now.feed().address().toString(), directory);
  }

  private static InputSource copied(Fetching now, Path file, Path directory)
      throws java.io.IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return InputSource.spooled(now.feed().address().toString(), in, directory);
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
