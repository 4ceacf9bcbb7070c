package io.sluice.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.format.text.LineReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file that {@link ReportFile} wrote, from any record on. Blocking; memory is
 * that of the longest record.
 */
final class ReportRecords implements Closeable {
  private static final int LONGEST = 8 * 1024 * 1024;

  private final LineReader records;

  /** The records from that offset on, at which one begins. */
  ReportRecords(Path file, long from) throws IOException {
    this.records = LineReader.ofCsv(file, from, LONGEST);
  }

  /** The cells of the next record, empty ones as null; null at the end of the file. */
  @Nullable List<@Nullable String> next() throws IOException {
    if (!records.nextEnded()) {
      return null;
    }
    int length = records.end() - records.start();
    return cells(new String(records.buffer(), records.start(), length, UTF_8));
  }

  /** Where the next record begins in the file. */
  long offset() {
    return records.after();
  }

  private static List<@Nullable String> cells(String record) {
    List<@Nullable String> cells = new ArrayList<>();
    int length = record.endsWith("\r") ? record.length() - 1 : record.length();
    int i = 0;
    while (i <= length) {
      if (i < length && record.charAt(i) == '"') {
        StringBuilder cell = new StringBuilder();
        i++;
        while (i < length && (record.charAt(i) != '"' || quoteFollows(record, i, length))) {
          i += record.charAt(i) == '"' ? 1 : 0;
          cell.append(record.charAt(i));
          i++;
        }
        cells.add(cell.toString());
        i += 2;
      } else {
        int comma = record.indexOf(',', i);
        int stop = comma < 0 || comma > length ? length : comma;
        cells.add(stop == i ? null : record.substring(i, stop));
        i = stop + 1;
      }
    }
    return cells;
  }

  private static boolean quoteFollows(String record, int quote, int length) {
    return quote + 1 < length && record.charAt(quote + 1) == '"';
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
