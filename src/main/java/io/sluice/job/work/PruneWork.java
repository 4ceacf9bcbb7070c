package io.sluice.job.work;

import io.sluice.flow.Blocking;
import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Deletes the records whose last day has passed: lists them once, then deletes these. */
final class PruneWork implements Work {
  private final JobSpec.Prune spec;
  private final JobEnvironment bench;
  private final ApprovalStage approval;

  PruneWork(JobSpec.Prune spec, JobEnvironment bench, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.bench = bench;
  }

  @Override
  public Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop) {
    return bench.with(
        spec.profile(),
        progress,
        stop,
        session ->
            expired(job, session, progress)
                .flatMap(snapshot -> delete(job, snapshot, session, progress, stop)));
  }

  private Mono<Snapshot> expired(Job job, AccountSession session, ProgressLog progress) {
    Path root = bench.files().job(job.id()).resolve("source");
    return Blocking.call(() -> listedBefore(root))
        .flatMap(Mono::justOrEmpty)
        .switchIfEmpty(
            Mono.defer(
                () ->
                    spec.expired()
                        .list(session, root, bench.clock(), bench.toolVersion(), progress)));
  }

  private Mono<JobOutcome> delete(
      Job job, Snapshot snapshot, AccountSession session, ProgressLog progress, StopSignal stop) {
    return new SnapshotWork(bench, approval, "prune", spec.deleting(), Work.named(spec.resources()))
        .expiredBefore(ExpiredRecords.before(snapshot))
        .run(job, snapshot, snapshot.manifest().resources(), session, progress, stop);
  }

  /** A job that goes on does so with the same rows. */
  private static Optional<Snapshot> listedBefore(Path root) throws IOException {
    List<Snapshot> taken = Files.isDirectory(root) ? Snapshot.in(root) : List.of();
    return taken.isEmpty() ? Optional.empty() : Optional.of(taken.get(taken.size() - 1));
  }
}
