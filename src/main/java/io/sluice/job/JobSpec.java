package io.sluice.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sluice.api.Listing;
import io.sluice.api.ListingFilters;
import io.sluice.catalog.Resource;
import io.sluice.format.RowFormat;
import io.sluice.job.work.Work;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.input.Reading;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job is asked to do, as it is kept and as the API takes it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobSpec.Export.class, name = "export"),
  @JsonSubTypes.Type(value = JobSpec.Import.class, name = "import"),
  @JsonSubTypes.Type(value = JobSpec.Restore.class, name = "restore"),
  @JsonSubTypes.Type(value = JobSpec.Migrate.class, name = "migrate"),
  @JsonSubTypes.Type(value = JobSpec.Diff.class, name = "diff")
})
public sealed interface JobSpec {

  /** What kind of job it is. */
  JobKind jobKind();

  /** True if nothing is to be changed. */
  boolean rehearsal();

  /**
   * A snapshot of an account.
   *
   * @param resources slugs; empty or null for all
   * @param format jsonl, csv, or null for the default
   * @param keep how many snapshots of the account to keep; null for all
   * @param excelSafe whether CSV cells are marked that a spreadsheet would take for formulas
   * @param where the values that records must match, by filter; empty or null for all records
   */
  record Export(
      String profile,
      @Nullable List<String> resources,
      @Nullable String format,
      boolean gzip,
      @Nullable Integer keep,
      boolean excelSafe,
      @Nullable Map<String, List<String>> where)
      implements JobSpec {
    /** All records of these resources, as they are. */
    public static Export of(String profile, @Nullable List<String> resources) {
      return new Export(profile, resources, null, false, null, false, null);
    }

    /** True if it leaves records out, so that it is no backup of its resources. */
    public boolean narrowed() {
      return where != null && !where.isEmpty();
    }

    /**
     * Checks all of it but the profile.
     *
     * @throws IllegalArgumentException saying what cannot be understood
     */
    public void check() {
      if (keep != null && keep < 1) {
        throw new IllegalArgumentException("keep: it is a number from 1 on");
      }
      request("");
    }

    /** What is exported, and how it is written. */
    public ExportRequest request(String toolVersion) {
      RowFormat rows = format == null ? RowFormat.JSONL : rowFormat(format);
      if (excelSafe && rows != RowFormat.CSV) {
        throw new IllegalArgumentException("excel_safe: it goes with format csv");
      }
      return new ExportRequest(
          Work.resources(resources).stream().map(this::listing).toList(),
          rows,
          gzip,
          excelSafe,
          toolVersion,
          Work.named(resources));
    }

    private Listing listing(Resource resource) {
      try {
        return ListingFilters.listing(resource, where == null ? Map.of() : where);
      } catch (IllegalArgumentException unusable) {
        throw new IllegalArgumentException("where: " + unusable.getMessage(), unusable);
      }
    }

    private static RowFormat rowFormat(String name) {
      try {
        return RowFormat.named(name);
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException("format: " + unknown.getMessage(), unknown);
      }
    }

    @Override
    public JobKind jobKind() {
      return JobKind.EXPORT;
    }

    @Override
    public boolean rehearsal() {
      return false;
    }
  }

  /**
   * An import of an upload.
   *
   * @param upload the id of the upload
   * @param reading how its rows are read; null for what its name tells
   * @param options null for all defaults
   */
  record Import(
      String profile,
      String resource,
      String upload,
      @Nullable Reading reading,
      @Nullable ImportOptions options)
      implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.IMPORT;
    }

    @Override
    public boolean rehearsal() {
      return options != null && options.dryRun();
    }
  }

  /**
   * A snapshot, put back.
   *
   * @param snapshot the id of the snapshot
   */
  record Restore(
      String profile,
      String snapshot,
      @Nullable List<String> resources,
      @Nullable ImportOptions options)
      implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.RESTORE;
    }

    @Override
    public boolean rehearsal() {
      return options != null && options.dryRun();
    }
  }

  /** An account, carried over to another. */
  record Migrate(
      String from, String to, @Nullable List<String> resources, @Nullable ImportOptions options)
      implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.MIGRATE;
    }

    @Override
    public boolean rehearsal() {
      return options != null && options.dryRun();
    }
  }

  /**
   * A comparison.
   *
   * @param before {@code profile:NAME}, or the id of a snapshot
   * @param after the same
   */
  record Diff(String before, String after, @Nullable List<String> resources) implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.DIFF;
    }

    @Override
    public boolean rehearsal() {
      return true;
    }
  }
}
