package io.sluice.job.work;

import io.sluice.job.Job;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** Deletes the records whose last day has passed: lists them once, then deletes these. */
final class PruneWork implements Work {
  private final PruneSpec spec;
  private final JobEnvironment environment;
  private final ApprovalStage approval;

  PruneWork(PruneSpec spec, JobEnvironment environment, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop) {
    return environment.with(
        spec.profile(),
        job,
        progress,
        stop,
        session ->
            environment
                .listed(job, root -> expired(session, root))
                .flatMap(snapshot -> delete(session, snapshot)));
  }

  private Mono<Snapshot> expired(JobSession session, Path root) {
    return spec.expired()
        .list(
            session.account(),
            root,
            environment.clock(),
            environment.toolVersion(),
            session.progress());
  }

  private Mono<JobOutcome> delete(JobSession session, Snapshot snapshot) {
    return new SnapshotWork(
            environment, approval, "prune", spec.deleting(), JobSpec.named(spec.resources()))
        .expiredBefore(ExpiredRecords.before(snapshot))
        .run(session, snapshot, snapshot.manifest().resources());
  }
}
