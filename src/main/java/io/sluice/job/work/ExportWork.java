package io.sluice.job.work;

import io.sluice.job.files.JobFiles;
import io.sluice.job.spec.ExportSpec;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Retention;
import io.sluice.snapshot.Unavailable;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a snapshot of an account. */
final class ExportWork implements Work {
  private final ExportSpec spec;
  private final JobEnvironment environment;

  ExportWork(ExportSpec spec, JobEnvironment environment) {
    this.spec = spec;
    this.environment = environment;
  }

  @Override
  public Mono<JobOutcome> run(JobRun run) {
    ExportRequest request = spec.request(environment.toolVersion());
    Path root = environment.files().snapshots(run.job().account());
    Integer keep = spec.keep();
    return environment.with(
        spec.profile(),
        run,
        session ->
            run.stop()
                .orStop(
                    new SnapshotExport(session.account(), request, environment.clock())
                        .run(root, keep == null ? null : new Retention(keep), run.progress()))
                .map(result -> ended(result, session.account())));
  }

  private static JobOutcome ended(SnapshotExport.Result result, AccountSession session) {
    boolean consistent = result.snapshot().manifest().consistent();
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.put("snapshot", JobFiles.snapshotId(result.snapshot()));
    summary.put("consistent", consistent);
    summary.put("rows", result.snapshot().manifest().rows());
    summary.put("requests", session.requests());
    for (ResourceEntry entry : result.snapshot().manifest().resources()) {
      summary
          .withArray("resources")
          .addObject()
          .put("resource", entry.resource())
          .put("rows", entry.rows())
          .put("bytes", entry.bytes())
          .put("consistent", entry.consistent());
    }
    summary.set("unavailable", Unavailable.json(result.snapshot().manifest().unavailable()));
    result.removed().forEach(old -> summary.withArray("removed").add(JobFiles.snapshotId(old)));
    result.troubles().forEach(summary.withArray("warnings")::add);
    return new JobOutcome(consistent ? ExitCode.OK : ExitCode.DIFFERENT, summary);
  }
}
