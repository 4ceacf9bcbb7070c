package io.sluice.format;

import io.sluice.catalog.Resource;
import io.sluice.format.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;

/** Writes records to a stream. Blocking; for one thread at a time. Does not close the stream. */
public interface RowWriter {

  /**
   * Writes records.
   *
   * @param lines compact JSON records, each ended by a newline, in {@code [from, to)}
   */
  void write(byte[] lines, int from, int to) throws IOException;

  /**
   * A writer of that format. A header, where the format has one, is written at once.
   *
   * @param excelSafe whether CSV cells that a spreadsheet would take for formulas are marked
   */
  static RowWriter of(RowFormat format, Resource resource, boolean excelSafe, OutputStream out)
      throws IOException {
    return switch (format) {
      case JSONL -> (lines, from, to) -> out.write(lines, from, to - from);
      case CSV -> CsvWriter.begin(resource, excelSafe, out);
    };
  }
}
