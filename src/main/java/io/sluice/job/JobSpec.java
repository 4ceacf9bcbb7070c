package io.sluice.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sluice.api.Listing;
import io.sluice.api.ListingFilters;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.config.UsageException;
import io.sluice.format.Dialect;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.ExportRequest;
import io.sluice.pipeline.input.CheckRequest;
import io.sluice.pipeline.input.Duplicates;
import io.sluice.plan.Mode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
    ExportRequest request(String toolVersion) {
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
   * @param doing null for all defaults
   */
  record Import(
      String profile,
      String resource,
      String upload,
      @Nullable Reading reading,
      @Nullable Doing doing)
      implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.IMPORT;
    }

    @Override
    public boolean rehearsal() {
      return doing != null && doing.dryRun();
    }
  }

  /**
   * How the rows of a file are read. Null means what the file's name tells, or the default.
   *
   * @param mapping the field that a column means, by column
   * @param fixed values of fields that rows do not give
   * @param normalize whether patterns in another form are rewritten; null for no
   * @param header whether a CSV file begins with the names of its columns; null for yes, unless
   *     they look like data, which is refused
   * @param duplicates what becomes of rows that contradict each other: refuse, first or last; null
   *     for refuse
   * @param delimiter what parts the cells of a CSV file; null for what its first row shows
   * @param quote what stands around a cell that holds the delimiter; null for double quotes
   */
  record Reading(
      @Nullable String format,
      @Nullable String encoding,
      @Nullable Map<String, String> mapping,
      @Nullable Map<String, String> fixed,
      @Nullable String validation,
      boolean skipInvalid,
      @Nullable Boolean normalize,
      @Nullable Boolean header,
      @Nullable String duplicates,
      @Nullable String delimiter,
      @Nullable String quote) {
    /** All defaults. */
    public static final Reading DEFAULT =
        new Reading(null, null, null, null, null, false, null, null, null, null, null);

    /**
     * How the rows of a file of that name are checked.
     *
     * @throws UsageException if neither this nor the name says what the file is
     * @throws IllegalArgumentException if it cannot be understood
     */
    public CheckRequest request(Resource resource, String fileName, Mode mode) {
      return new CheckRequest(resource, options(fileName), level(), mode, repeated());
    }

    private Duplicates repeated() {
      try {
        return duplicates == null ? Duplicates.REFUSE : Duplicates.named(duplicates);
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException("duplicates: " + unknown.getMessage(), unknown);
      }
    }

    /** The same with that format and encoding where it names none. */
    public Reading orElse(@Nullable String otherFormat, String otherEncoding) {
      return new Reading(
          format == null ? otherFormat : format,
          encoding == null ? otherEncoding : encoding,
          mapping,
          fixed,
          validation,
          skipInvalid,
          normalize,
          header,
          duplicates,
          delimiter,
          quote);
    }

    /**
     * How rows are read: as it is said, else as the file's name tells.
     *
     * @throws UsageException if neither tells
     * @throws IllegalArgumentException if it cannot be understood
     */
    public InputOptions options(String fileName) {
      InputFormat chosen =
          format != null
              ? InputFormat.named(format)
              : InputFormat.ofFileName(fileName)
                  .orElseThrow(
                      () ->
                          new UsageException(
                              "what is in " + fileName + "? its name does not tell",
                              InputFormat.advice(fileName)));
      return as(chosen);
    }

    private InputOptions as(InputFormat chosen) {
      return new InputOptions(
              chosen,
              encoding == null ? StandardCharsets.UTF_8 : charset(encoding),
              mapping == null ? Map.of() : mapping,
              fixed == null ? Map.of() : fixed,
              normalize != null && normalize)
          .with(InputOptions.Header.of(header))
          .with(Dialect.of(delimiter, quote));
    }

    /**
     * How much is checked.
     *
     * @throws IllegalArgumentException if there is no level of that name
     */
    public Validation.Level level() {
      if (validation == null) {
        return Validation.Level.STRICT;
      }
      for (Validation.Level level : Validation.Level.values()) {
        if (level.name().equalsIgnoreCase(validation)) {
          return level;
        }
      }
      throw new IllegalArgumentException(
          "unknown validation '" + validation + "'; known are strict, basic and off");
    }

    /**
     * Checks all that can be checked without the file.
     *
     * @throws IllegalArgumentException saying what cannot be understood
     */
    public void check(Resource resource) {
      level();
      repeated();
      InputFormat any = format == null ? InputFormat.CSV : InputFormat.named(format);
      as(any).requireFields(resource, "mapping", "fixed");
    }

    private static Charset charset(String name) {
      try {
        return Charset.forName(name);
      } catch (IllegalArgumentException unknown) {
        throw new IllegalArgumentException("unknown encoding '" + name + "'", unknown);
      }
    }
  }

  /**
   * A snapshot, put back.
   *
   * @param snapshot the id of the snapshot
   */
  record Restore(
      String profile, String snapshot, @Nullable List<String> resources, @Nullable Doing doing)
      implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.RESTORE;
    }

    @Override
    public boolean rehearsal() {
      return doing != null && doing.dryRun();
    }
  }

  /** An account, carried over to another. */
  record Migrate(String from, String to, @Nullable List<String> resources, @Nullable Doing doing)
      implements JobSpec {
    @Override
    public JobKind jobKind() {
      return JobKind.MIGRATE;
    }

    @Override
    public boolean rehearsal() {
      return doing != null && doing.dryRun();
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
