package io.sluice.job.work;

import io.sluice.api.Listing;
import io.sluice.format.RowFormat;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.MigrateSpec;
import io.sluice.pipeline.AccountException;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Makes an account what another one is: lists the source once, then imports that. */
final class MigrateWork implements Work {
  private final MigrateSpec spec;
  private final JobEnvironment environment;
  private final ApprovalStage approval;

  MigrateWork(MigrateSpec spec, JobEnvironment environment, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    return environment
        .listed(run.job(), root -> source(run, root))
        .flatMap(
            snapshot ->
                environment.with(
                    spec.to(),
                    run,
                    session ->
                        new SnapshotWork(
                                environment,
                                approval,
                                "migrate",
                                spec.options(),
                                JobSpec.named(spec.resources()))
                            .run(session, snapshot, snapshot.manifest().resources())
                            .onErrorMap(AccountException.naming(spec.to()))));
  }

  private Mono<Snapshot> source(JobRun run, Path root) {
    return environment.with(
        spec.from(),
        run,
        session ->
            run.stop()
                .orStop(
                    new SnapshotExport(session.account(), listing(), environment.clock())
                        .run(root, null, run.progress()))
                .map(SnapshotExport.Result::snapshot)
                .onErrorMap(AccountException.naming(spec.from())));
  }

  private ExportRequest listing() {
    return new ExportRequest(
        JobSpec.resources(spec.resources()).stream().map(Listing::of).toList(),
        RowFormat.JSONL,
        false,
        false,
        environment.toolVersion(),
        JobSpec.named(spec.resources()));
  }
}
