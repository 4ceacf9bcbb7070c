package io.sluice.job.work;

import io.sluice.flow.Blocking;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.RestoreSpec;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Verifier;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes an account what a snapshot says. */
public final class RestoreWork implements Work {
  private final RestoreSpec spec;
  private final JobEnvironment environment;
  private final ApprovalStage approval;

  RestoreWork(RestoreSpec spec, JobEnvironment environment, ApprovalStage approval) {
    this.approval = approval;
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    return Blocking.call(this::sound)
        .flatMap(
            snapshot ->
                environment.with(
                    spec.profile(),
                    run,
                    session ->
                        new SnapshotWork(
                                environment,
                                approval,
                                "restore",
                                spec.options(),
                                JobSpec.named(spec.resources()))
                            .run(session, snapshot, entries(snapshot, spec.resources()))));
  }

  private Snapshot sound() throws IOException {
    Snapshot snapshot = environment.snapshot(spec.snapshot());
    Verifier.requireSound(snapshot);
    return snapshot;
  }

  /** What the snapshot holds of the resources that were named; all if none was. */
  public static List<ResourceEntry> entries(Snapshot snapshot, @Nullable List<String> named) {
    return snapshot.manifest().resources().stream()
        .filter(entry -> named == null || named.isEmpty() || named.contains(entry.resource()))
        .toList();
  }
}
