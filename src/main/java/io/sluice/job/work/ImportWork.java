package io.sluice.job.work;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
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
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.report.RunId;
import io.sluice.report.SummaryFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Makes an account what an upload says. */
public final class ImportWork implements Work {
  private final JobSpec.Import spec;
  private final JobEnvironment bench;
  private final ApprovalStage approval;

  ImportWork(JobSpec.Import spec, JobEnvironment bench, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.bench = bench;
  }

  @Override
  public Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop) {
    return Blocking.call(() -> request(spec, upload(), bench.toolVersion()))
        .flatMap(
            request ->
                bench.with(
                    spec.profile(),
                    progress,
                    stop,
                    session ->
                        approval.concerns(job, request.mode())
                            ? approval.run(
                                job, "import", halves(job, session, request, progress, stop))
                            : run(job, session, request, null, progress, stop)));
  }

  private ApprovalStage.Halves halves(
      Job job,
      AccountSession session,
      ImportRequest request,
      ProgressLog progress,
      StopSignal stop) {
    return new ApprovalStage.Halves() {
      @Override
      public Mono<JobOutcome> rehearse(PlanTarget target) {
        return run(job, session, request.rehearsed(), target, progress, stop);
      }

      @Override
      public Mono<JobOutcome> apply(
          SavedPlan plan, ImportOptions given, Confirmation confirmation) {
        return applied(
            bench,
            job,
            plan,
            given,
            progress,
            new ImportRun(session, confirmation, stop, bench.clock()));
      }
    };
  }

  /** Carries out the saved plan of an import. */
  static Mono<JobOutcome> applied(
      JobEnvironment bench,
      Job job,
      SavedPlan plan,
      ImportOptions given,
      ProgressLog progress,
      ImportRun run) {
    Path results = bench.files().job(job.id());
    ResultsLocation place =
        new ResultsLocation(
            (directory, again) -> InputSource.file(plan.path(), directory), results, true);
    ImportRequest planned =
        plan.parts().get(0).request(given, bench.toolVersion(), OptionNames.API);
    return run.run(new RunId(job.id()), new ImportRun.Part(planned, place, progress, plan.rows(0)))
        .map(ImportWork::ended);
  }

  private Mono<JobOutcome> run(
      Job job,
      AccountSession session,
      ImportRequest request,
      @Nullable PlanTarget target,
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
                new ImportRun(session, Confirmation.given(), stop, bench.clock(), target)
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
  public static ImportRequest request(JobSpec.Import spec, Upload upload, String toolVersion) {
    Resource resource = Catalog.get(spec.resource());
    Reading reading = spec.reading() == null ? Reading.DEFAULT : spec.reading();
    ImportOptions options = spec.options() == null ? ImportOptions.DEFAULT : spec.options();
    return options.request(
        reading.request(
            resource, upload.name(), options.chosenMode(OptionNames.API), OptionNames.API),
        reading.skipInvalid(),
        InputOrigin.UNKNOWN,
        toolVersion,
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
