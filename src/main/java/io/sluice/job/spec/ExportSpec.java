package io.sluice.job.spec;

import io.sluice.api.Listing;
import io.sluice.api.ListingFilters;
import io.sluice.catalog.Resource;
import io.sluice.format.RowFormat;
import io.sluice.job.JobKind;
import io.sluice.pipeline.exports.ExportRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of an account.
 *
 * @param resources slugs; empty or null for all
 * @param format jsonl, csv, or null for the default
 * @param keep how many snapshots of the account to keep; null for all
 * @param excelSafe whether CSV cells are marked that a spreadsheet would take for formulas
 * @param where the values that records must match, by filter; empty or null for all records
 */
public record ExportSpec(
    String profile,
    @Nullable List<String> resources,
    @Nullable String format,
    boolean gzip,
    @Nullable Integer keep,
    boolean excelSafe,
    @Nullable Map<String, List<String>> where)
    implements JobSpec {
  @Override
  public JobKind jobKind() {
    return JobKind.EXPORT;
  }

  /** True if it leaves records out, so that it is no backup of its resources. */
  public boolean narrowed() {
    return where != null && !where.isEmpty();
  }

  @Override
  public void check() {
    if (keep != null && keep < 1) {
      throw new IllegalArgumentException("keep: it is a number from 1 on");
    }
    request("");
  }

  /** The resources to export, and their format. */
  public ExportRequest request(String toolVersion) {
    RowFormat rows = format == null ? RowFormat.JSONL : rowFormat(format);
    if (excelSafe && rows != RowFormat.CSV) {
      throw new IllegalArgumentException("excel_safe: it goes with format csv");
    }
    return new ExportRequest(
        JobSpec.resources(resources).stream().map(this::listing).toList(),
        rows,
        gzip,
        excelSafe,
        toolVersion,
        JobSpec.named(resources));
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
}
