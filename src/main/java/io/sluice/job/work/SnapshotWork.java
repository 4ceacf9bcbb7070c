package io.sluice.job.work;

import io.sluice.format.OptionNames;
import io.sluice.job.Job;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.report.RunId;
import io.sluice.report.SummaryFile;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.Unavailable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Makes an account what a snapshot says: the part that restoring and migrating have in common. */
final class SnapshotWork {
  private final JobEnvironment bench;
  private final ImportOptions options;
  private final boolean named;

  /**
   * @param named whether the kinds of records were asked for by name
   */
  SnapshotWork(JobEnvironment bench, @Nullable ImportOptions options, boolean named) {
    this.named = named;
    this.bench = bench;
    this.options = options == null ? ImportOptions.DEFAULT : options;
  }

  Mono<JobOutcome> run(
      Job job,
      Snapshot snapshot,
      List<ResourceEntry> entries,
      AccountSession session,
      ProgressLog progress,
      StopSignal stop) {
    Path results = bench.files().job(job.id());
    List<SnapshotImport.Part> parts =
        SnapshotImport.Part.all(
            snapshot,
            entries,
            session.account().id(),
            named,
            options,
            bench.toolVersion(),
            OptionNames.API);
    return Changes.kept(
            results,
            options.dryRun(),
            changes ->
                new SnapshotImport(
                        session,
                        progress.andThen(changes),
                        plans -> Mono.just(true),
                        stop,
                        bench.clock(),
                        null)
                    .run(new RunId(job.id()), parts, results, true))
        .map(result -> ended(snapshot, result));
  }

  private static JobOutcome ended(Snapshot snapshot, SnapshotImport.Result result) {
    ObjectNode summary = result.summary().json();
    summary.set("unavailable", Unavailable.json(snapshot.manifest().unavailable()));
    summary.putArray("parts");
    for (ImportResult part : result.parts()) {
      ObjectNode node = SummaryFile.json(part.summary());
      node.remove("files");
      if (part.plan() != null) {
        node.set("plan", part.plan().json());
      }
      if (part.failure() != null) {
        node.set("error", part.failure().json());
      }
      summary.withArray("parts").add(node);
    }
    result.causes().keySet().stream().limit(1).forEach(cause -> summary.set("error", cause.json()));
    return new JobOutcome(result.summary().exit(), summary);
  }
}
