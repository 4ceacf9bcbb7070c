package io.sluice.pipeline.exports;

import io.sluice.api.Listing;
import io.sluice.format.RowFormat;
import java.util.List;

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
 */
public record ExportRequest(
    List<Listing> listings,
    RowFormat format,
    boolean gzip,
    boolean excelSafe,
    String toolVersion,
    boolean named,
    boolean digested) {

  /** With digests. */
  public ExportRequest(
      List<Listing> listings,
      RowFormat format,
      boolean gzip,
      boolean excelSafe,
      String toolVersion,
      boolean named) {
    this(listings, format, gzip, excelSafe, toolVersion, named, true);
  }

  /** The same for a file whose digest nobody gets to see: taking it costs as much as writing. */
  public ExportRequest undigested() {
    return new ExportRequest(listings, format, gzip, excelSafe, toolVersion, named, false);
  }
}
