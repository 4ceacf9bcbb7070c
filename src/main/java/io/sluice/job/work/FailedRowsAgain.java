package io.sluice.job.work;

import io.sluice.job.Job;
import io.sluice.job.JobRefusedException;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Upload;
import io.sluice.job.files.UploadDraft;
import io.sluice.job.spec.FeedSpec;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.PruneSpec;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an import of the rows that a job has left over. Blocking. */
public final class FailedRowsAgain {
  private final JobEnvironment environment;

  public FailedRowsAgain(JobEnvironment environment) {
    this.environment = environment;
  }

  /** The kinds of records of which the job has left rows over, as slugs. */
  public static List<String> left(Job job, JobFiles files) {
    List<String> left = new ArrayList<>();
    for (String slug : job.resources()) {
      if (file(job, slug, files).isPresent()) {
        left.add(slug);
      }
    }
    return left;
  }

  /**
   * The import of what is left over.
   *
   * @param resource of which kind of records; null if there is only one
   * @param helpful only the rows for which trying again may help, and not those that are wrong in
   *     themselves
   * @throws JobRefusedException if nothing is left over, or it is not clear which rows are meant
   */
  public ImportSpec of(Job job, @Nullable String resource, boolean helpful, String caller)
      throws IOException {
    List<String> left = job.state().ended() ? left(job, environment.files()) : List.of();
    String slug = resource == null && left.size() == 1 ? left.get(0) : resource;
    if (left.isEmpty() || (slug != null && !left.contains(slug))) {
      throw new JobRefusedException("nothing_failed", "the job has left no rows to import again");
    } else if (slug == null) {
      throw new JobRefusedException(
          "which_resource",
          "rows of several resources are left; name one: " + String.join(", ", left));
    }
    Path file = file(job, slug, environment.files()).orElseThrow();
    String upload = upload(file, job, helpful, caller).id();
    if (job.spec() instanceof ImportSpec before) {
      return new ImportSpec(job.profile(), slug, upload, again(before), again(before.options()));
    }
    if (job.spec() instanceof FeedSpec feed) {
      ImportSpec before =
          new ImportSpec(job.profile(), slug, upload, feed.reading(), feed.options());
      return new ImportSpec(job.profile(), slug, upload, again(before), again(before.options()));
    }
    ImportOptions options =
        job.spec() instanceof PruneSpec prune ? prune.deleting() : job.spec().options();
    return new ImportSpec(job.profile(), slug, upload, null, again(options));
  }

  /** The file has its format in its name, is in UTF-8 and has a header. */
  private static @Nullable Reading again(ImportSpec before) {
    Reading reading = before.reading();
    return reading == null
        ? null
        : new Reading(
            null,
            null,
            reading.mapping(),
            reading.fixed(),
            reading.validation(),
            reading.skipInvalid(),
            reading.normalize(),
            Boolean.TRUE.equals(reading.header()) ? true : null,
            null,
            reading.duplicates(),
            null,
            null);
  }

  /** A mirror of the failed rows alone would delete all others. */
  private static @Nullable ImportOptions again(@Nullable ImportOptions before) {
    return before == null || !"mirror".equalsIgnoreCase(before.mode())
        ? before
        : new ImportOptions(
            "upsert",
            before.strategy(),
            before.dryRun(),
            null,
            before.maxErrors(),
            false,
            null,
            before.lint(),
            before.owner(),
            before.adopt(),
            before.expires());
  }

  private Upload upload(Path file, Job job, boolean helpful, String caller) throws IOException {
    try (RetryRows rows = new RetryRows(file, helpful);
        UploadDraft draft = UploadDraft.begin(environment.files(), environment.clock().instant())) {
      for (Optional<byte[]> row = rows.next(); row.isPresent(); row = rows.next()) {
        draft.write(row.get());
      }
      if (!rows.any()) {
        throw new JobRefusedException(
            "nothing_to_retry",
            "every row that failed is wrong in itself: correct it in "
                + file.getFileName()
                + ", and import that file");
      }
      String name = job.id() + "-" + file.getFileName();
      return draft.finish(environment.uploads(), name, caller, environment.clock().instant());
    }
  }

  private static Optional<Path> file(Job job, String slug, JobFiles files) {
    boolean parts = !(job.spec() instanceof ImportSpec || job.spec() instanceof FeedSpec);
    for (String name : List.of("failed.csv", "failed.jsonl")) {
      Optional<Path> found = files.result(job.id(), parts ? slug + "/" + name : name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
