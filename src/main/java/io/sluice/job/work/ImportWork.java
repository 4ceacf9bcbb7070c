package io.sluice.job.work;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.format.OptionNames;
import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.job.files.Upload;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRun;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.ResultsLocation;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.report.RunId;
import io.sluice.report.SummaryFile;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Makes an account what an upload says. */
public final class ImportWork implements Work {
  private final JobSpec.Import spec;
  private final JobEnvironment bench;

  public ImportWork(JobSpec.Import spec, JobEnvironment bench) {
    this.spec = spec;
    this.bench = bench;
  }

  @Override
  public Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop) {
    return Mono.fromCallable(() -> request(upload()))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(
            request ->
                bench.with(
                    spec.profile(),
                    progress,
                    stop,
                    session -> run(job, session, request, progress, stop)));
  }

  private Mono<JobOutcome> run(
      Job job,
      AccountSession session,
      ImportRequest request,
      ProgressLog progress,
      StopSignal stop) {
    Path results = bench.files().job(job.id());
    ResultsLocation place =
        new ResultsLocation(
            (directory, again) -> InputSource.file(bench.files().upload(spec.upload()), directory),
            results,
            true);
    return Changes.kept(
            results,
            request.dryRun(),
            changes ->
                new ImportRun(session, Confirmation.given(), stop, bench.clock())
                    .run(
                        new RunId(job.id()),
                        new ImportRun.Part(request, place, progress.andThen(changes))))
        .map(ImportWork::ended);
  }

  /**
   * How the upload's rows are read and what is made of them.
   *
   * @throws UsageException if that cannot be understood
   */
  public ImportRequest request(Upload upload) {
    Resource resource = Catalog.get(spec.resource());
    Reading reading = spec.reading() == null ? Reading.DEFAULT : spec.reading();
    ImportOptions options = spec.options() == null ? ImportOptions.DEFAULT : spec.options();
    return options.request(
        reading.request(
            resource, upload.name(), options.chosenMode(OptionNames.API), OptionNames.API),
        reading.skipInvalid(),
        InputOrigin.UNKNOWN,
        bench.toolVersion(),
        OptionNames.API);
  }

  private Upload upload() {
    return bench
        .uploads()
        .get(spec.upload())
        .orElseThrow(() -> new UsageException("there is no upload " + spec.upload(), null));
  }

  static JobOutcome ended(ImportResult result) {
    ObjectNode summary = SummaryFile.json(result.summary());
    summary.remove("files");
    if (result.plan() != null) {
      summary.set("plan", result.plan().json());
    }
    if (result.failure() != null) {
      summary.set("error", result.failure().json());
    }
    result.warnings().forEach(summary.putArray("warnings")::add);
    return new JobOutcome(result.summary().exit(), summary);
  }
}
