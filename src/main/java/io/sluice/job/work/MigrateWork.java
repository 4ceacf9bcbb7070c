package io.sluice.job.work;

import io.sluice.api.Listing;
import io.sluice.flow.Blocking;
import io.sluice.format.RowFormat;
import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Makes an account what another one is: lists the source once, then imports that. */
final class MigrateWork implements Work {
  private final JobSpec.Migrate spec;
  private final JobEnvironment bench;
  private final ApprovalStage approval;

  MigrateWork(JobSpec.Migrate spec, JobEnvironment bench, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.bench = bench;
  }

  @Override
  public Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop) {
    Path root = bench.files().job(job.id()).resolve("source");
    return Blocking.call(() -> listedBefore(root))
        .flatMap(
            before ->
                before.isPresent()
                    ? Mono.just(before.get())
                    : bench.with(
                        spec.from(),
                        progress,
                        stop,
                        session ->
                            stop.orStop(
                                    new SnapshotExport(session, listing(), bench.clock())
                                        .run(root, null, progress))
                                .map(SnapshotExport.Result::snapshot)))
        .flatMap(
            snapshot ->
                bench.with(
                    spec.to(),
                    progress,
                    stop,
                    session ->
                        new SnapshotWork(
                                bench,
                                approval,
                                "migrate",
                                spec.options(),
                                Work.named(spec.resources()))
                            .run(
                                job,
                                snapshot,
                                snapshot.manifest().resources(),
                                session,
                                progress,
                                stop)));
  }

  private ExportRequest listing() {
    return new ExportRequest(
        Work.resources(spec.resources()).stream().map(Listing::of).toList(),
        RowFormat.JSONL,
        false,
        false,
        bench.toolVersion(),
        Work.named(spec.resources()));
  }

  /** A job that goes on does so with the same rows. */
  private static Optional<Snapshot> listedBefore(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    List<Snapshot> taken = Snapshot.in(root);
    return taken.isEmpty() ? Optional.empty() : Optional.of(taken.get(taken.size() - 1));
  }
}
