package io.sluice.pipeline.exports;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.format.RowFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to export, and how its files are written.
 *
 * @param listings what to read, in this order
 * @param format how rows are written
 * @param gzip whether files are compressed
 * @param excelSafe whether CSV cells that look like formulas are marked
 * @param toolVersion the version that the manifest names
 * @param named whether each kind of records was asked for by name: one that the account does not
 *     offer is an error then; else the manifest notes it
 * @param digested whether the digest of each file is taken while it is written, for whoever
 *     verifies the file
 * @param selection which records are kept; null for all
 */
public record ExportRequest(
    List<Listing> listings,
    RowFormat format,
    boolean gzip,
    boolean excelSafe,
    String toolVersion,
    boolean named,
    boolean digested,
    @Nullable Selection selection) {

  /** Some of the records of a listing, chosen by what they say. */
  public interface Selection {
    /** True if the record is kept. */
    boolean keeps(Resource resource, ObjectNode record);

    /** What it chooses by, for the manifest. */
    Map<String, List<String>> filters();
  }

  /** All records, with digests. */
  public ExportRequest(
      List<Listing> listings,
      RowFormat format,
      boolean gzip,
      boolean excelSafe,
      String toolVersion,
      boolean named) {
    this(listings, format, gzip, excelSafe, toolVersion, named, true, null);
  }

  /** The same for a file whose digest nobody gets to see: taking it costs as much as writing. */
  public ExportRequest undigested() {
    return new ExportRequest(
        listings, format, gzip, excelSafe, toolVersion, named, false, selection);
  }

  /** The same for some of the records. */
  public ExportRequest only(Selection chosen) {
    return new ExportRequest(
        listings, format, gzip, excelSafe, toolVersion, named, digested, chosen);
  }
}
