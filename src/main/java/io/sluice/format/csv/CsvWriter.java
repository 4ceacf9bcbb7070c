package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes records as RFC 4180 rows: UTF-8, CRLF, a header, quotes only where they are needed. */
public final class CsvWriter implements RowWriter {
  private final RecordCells record;
  private final int columns;
  private final boolean excelSafe;
  private final CsvLines out;

  private CsvWriter(Resource resource, boolean excelSafe, OutputStream out) throws IOException {
    this.record = new RecordCells(resource);
    this.columns = resource.fields().size();
    this.excelSafe = excelSafe;
    this.out = new CsvLines(out);
  }

  public static CsvWriter begin(Resource resource, boolean excelSafe, OutputStream out)
      throws IOException {
    CsvWriter writer = new CsvWriter(resource, excelSafe, out);
    for (Field field : resource.fields()) {
      writer.out.cell(field.path());
    }
    if (excelSafe) {
      writer.out.cell(CsvCells.EXCEL_SAFE);
    }
    writer.out.cell(CsvCells.EXTRA);
    writer.out.end();
    writer.out.flush();
    return writer;
  }

  @Override
  public void write(byte[] lines, int from, int to) throws IOException {
    int start = from;
    for (int i = from; i < to; i++) {
      if (lines[i] == '\n') {
        row(lines, start, i);
        start = i + 1;
      }
    }
    out.flush();
  }

  private void row(byte[] bytes, int from, int to) throws IOException {
    record.read(bytes, from, to);
    for (int i = 0; i < columns; i++) {
      cell(record.cell(i));
    }
    if (excelSafe) {
      out.cell(null);
    }
    cell(record.extra());
    out.end();
  }

  private void cell(@Nullable String value) throws IOException {
    out.cell(value == null || !excelSafe ? value : CsvCells.excelSafe(value));
  }
}
