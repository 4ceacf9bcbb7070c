package io.sluice.job.work;

import io.sluice.disk.PrivateFiles;
import io.sluice.flow.Blocking;
import io.sluice.job.spec.DiffSpec;
import io.sluice.job.spec.ExportSpec;
import io.sluice.job.spec.FeedSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.InsightSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.spec.MigrateSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.job.spec.RestoreSpec;
import io.sluice.pipeline.ScratchDirectory;
import java.nio.file.Path;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The work of a job of one kind; the same pipelines as the command line's. */
public interface Work {

  /**
   * Does it. An error means that it could not be brought to an end.
   *
   * @param run the job, as it is now that this process runs it
   */
  Mono<JobOutcome> run(JobRun run);

  /** The work of such a job. */
  static Work of(JobSpec spec, JobEnvironment environment, ApprovalStage approval) {
    if (spec instanceof ExportSpec export) {
      return new ExportWork(export, environment);
    } else if (spec instanceof ImportSpec some) {
      return new ImportWork(some, environment, approval);
    } else if (spec instanceof RestoreSpec restore) {
      return new RestoreWork(restore, environment, approval);
    } else if (spec instanceof MigrateSpec migrate) {
      return new MigrateWork(migrate, environment, approval);
    } else if (spec instanceof FeedSpec feed) {
      return new FeedWork(feed, environment, approval);
    } else if (spec instanceof PruneSpec prune) {
      return new PruneWork(prune, environment, approval);
    } else if (spec instanceof InsightSpec insight) {
      return new InsightWork(insight, environment);
    }
    return new DiffWork((DiffSpec) spec, environment);
  }

  /** Works with a directory below a job's results for what has to be fetched first. */
  static <T> Mono<T> withScratch(Path results, Function<Path, Mono<T>> work) {
    return Blocking.using(
        () -> {
          PrivateFiles.createDirectories(results);
          return ScratchDirectory.in(results, "fetched");
        },
        scratch -> work.apply(scratch.directory()),
        scratch -> Blocking.run(scratch::close));
  }
}
