package io.sluice.job.work;

import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
  public Mono<JobOutcome> run(JobRun run) {
    return environment.with(
        spec.profile(),
        run,
        session -> {
          List<String> notes = Collections.synchronizedList(new ArrayList<>());
          return environment
              .listed(run.job(), root -> expired(session, root, notes))
              .flatMap(snapshot -> delete(session, snapshot))
              .doOnNext(ended -> notes.forEach(ended.summary().withArray("warnings")::add));
        });
  }

  private Mono<Snapshot> expired(JobSession session, Path root, List<String> notes) {
    return spec.expired()
        .list(
            session.account(),
            root,
            environment.clock(),
            environment.toolVersion(),
            session.progress().andThen(event -> noted(event, notes)));
  }

  private static void noted(RunEvent event, List<String> notes) {
    if (event instanceof RunEvent.Note note) {
      notes.add(note.text());
    }
  }

  private Mono<JobOutcome> delete(JobSession session, Snapshot snapshot) {
    return new SnapshotWork(
            environment, approval, "prune", spec.deleting(), JobSpec.named(spec.resources()))
        .expiredBefore(ExpiredRecords.before(snapshot))
        .run(session, snapshot, snapshot.manifest().resources());
  }
}
