package io.sluice.job.work;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.format.OptionNames;
import io.sluice.job.files.Upload;
import io.sluice.job.spec.ImportSpec;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRun;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.report.RunId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Makes an account what an upload says. */
public final class ImportWork implements Work {
  private final ImportSpec spec;
  private final JobEnvironment environment;
  private final ApprovalStage approval;

  ImportWork(ImportSpec spec, JobEnvironment environment, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    return Blocking.call(() -> request(spec, upload(), environment.toolVersion()))
        .flatMap(
            request ->
                environment.with(
                    spec.profile(),
                    run,
                    session ->
                        approval.concerns(run.job(), request.mode())
                            ? approval.run(run.job(), "import", halves(session, request))
                            : run(session, request, null)));
  }

  private ApprovalStage.Halves halves(JobSession session, ImportRequest request) {
    return new ApprovalStage.Halves() {
      @Override
      public Mono<JobOutcome> rehearse(PlanTarget target) {
        return run(session, request.rehearsed(), target);
      }

      @Override
      public Mono<JobOutcome> apply(SavedPlan plan, Confirmation confirmation) {
        return applied(environment, session, plan, confirmation);
      }
    };
  }

  /** Carries out the saved plan of an import. */
  static Mono<JobOutcome> applied(
      JobEnvironment environment, JobSession session, SavedPlan plan, Confirmation confirmation) {
    String id = session.job().id();
    ResultsLocation place =
        new ResultsLocation(
            (directory, again) -> InputSource.file(plan.path(), directory),
            environment.files().job(id),
            true);
    ImportRequest planned =
        plan.parts()
            .get(0)
            .request(ApprovalStage.AS_PLANNED, environment.toolVersion(), OptionNames.API);
    return new ImportRun(session.account(), confirmation, session.stop(), environment.clock())
        .run(new RunId(id), new ImportRun.Part(planned, place, session.progress(), plan.rows(0)))
        .map(ImportWork::ended);
  }

  private Mono<JobOutcome> run(
      JobSession session, ImportRequest request, @Nullable PlanTarget target) {
    Path file = environment.files().upload(spec.upload());
    return run(
            environment,
            session,
            request,
            (directory, again) -> InputSource.file(file, directory),
            target)
        .map(ImportWork::ended);
  }

  /** Runs an import, whose planned changes go into a file if it changes nothing. */
  static Mono<ImportResult> run(
      JobEnvironment environment,
      JobSession session,
      ImportRequest request,
      ResultsLocation.SourceOpener source,
      @Nullable PlanTarget target) {
    String id = session.job().id();
    Path results = environment.files().job(id);
    return Changes.kept(
        results,
        request.dryRun(),
        changes ->
            new ImportRun(
                    session.account(),
                    Confirmation.given(),
                    session.stop(),
                    environment.clock(),
                    target)
                .run(
                    new RunId(id),
                    new ImportRun.Part(
                        request,
                        new ResultsLocation(source, results, true),
                        session.progress().andThen(changes))));
  }

  /**
   * How the upload's rows are read and what is made of them.
   *
   * @throws UsageException if that cannot be understood
   */
  public static ImportRequest request(ImportSpec spec, Upload upload, String toolVersion) {
    Reading reading = spec.reading() == null ? Reading.DEFAULT : spec.reading();
    return request(
        Catalog.get(spec.resource()), upload.name(), reading, spec.options(), toolVersion);
  }

  /** How the rows of a file are read and what is made of them. */
  static ImportRequest request(
      Resource resource,
      String fileName,
      Reading reading,
      @Nullable ImportOptions given,
      String toolVersion) {
    ImportOptions options = given == null ? ImportOptions.DEFAULT : given;
    return options.request(
        reading.request(resource, fileName, options.chosenMode(OptionNames.API), OptionNames.API),
        reading.skipInvalid(),
        InputOrigin.UNKNOWN,
        toolVersion,
        OptionNames.API);
  }

  private Upload upload() {
    return environment
        .uploads()
        .get(spec.upload())
        .orElseThrow(() -> new UsageException("there is no upload " + spec.upload(), null));
  }

  static JobOutcome ended(ImportResult result) {
    ObjectNode summary = json(result);
    result.warnings().forEach(summary.putArray("warnings")::add);
    return new JobOutcome(result.summary().exit(), summary);
  }

  /** The result of one kind of records, without the files, which are the job's. */
  static ObjectNode json(ImportResult result) {
    ObjectNode summary = result.summary().json();
    summary.remove("files");
    if (result.plan() != null) {
      summary.set("plan", result.plan().json());
    }
    if (result.failure() != null) {
      summary.set("error", result.failure().json());
    }
    return summary;
  }
}
