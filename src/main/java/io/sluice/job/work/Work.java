package io.sluice.job.work;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.disk.PrivateFiles;
import io.sluice.job.Job;
import io.sluice.job.JobSpec;
import io.sluice.pipeline.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The work of a job of one kind; the same pipelines as the command line's. */
public interface Work {

  /**
   * Does it. An error means that it could not be brought to an end.
   *
   * @param job as it is now that this process runs it
   */
  Mono<JobOutcome> run(Job job, ProgressLog progress, StopSignal stop);

  /** The work of such a job. */
  static Work of(JobSpec spec, JobEnvironment environment, ApprovalStage approval) {
    if (spec instanceof JobSpec.Export export) {
      return new ExportWork(export, environment);
    } else if (spec instanceof JobSpec.Import some) {
      return new ImportWork(some, environment, approval);
    } else if (spec instanceof JobSpec.Restore restore) {
      return new RestoreWork(restore, environment, approval);
    } else if (spec instanceof JobSpec.Migrate migrate) {
      return new MigrateWork(migrate, environment, approval);
    } else if (spec instanceof JobSpec.Feed feed) {
      return new FeedWork(feed, environment, approval);
    } else if (spec instanceof JobSpec.Prune prune) {
      return new PruneWork(prune, environment, approval);
    } else if (spec instanceof JobSpec.Insight insight) {
      return new InsightWork(insight, environment);
    }
    return new DiffWork((JobSpec.Diff) spec, environment);
  }

  /** The directory below a job's results for what has to be fetched first. */
  static Path scratch(Path results) throws IOException {
    Path scratch = results.resolve(".scratch");
    PrivateFiles.createDirectories(scratch);
    return scratch;
  }

  /** True if kinds of records were asked for by name. */
  static boolean named(@Nullable List<String> slugs) {
    return slugs != null && !slugs.isEmpty();
  }

  /** The resources of these slugs, each once; all if none is named. */
  static List<Resource> resources(@Nullable List<String> slugs) {
    return slugs != null && named(slugs)
        ? slugs.stream().map(Catalog::get).distinct().toList()
        : Catalog.resources();
  }
}
