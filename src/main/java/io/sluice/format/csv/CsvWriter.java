package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.RowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes records as RFC 4180 rows: UTF-8, CRLF, a header, quotes only where they are needed. */
public final class CsvWriter implements RowWriter {
  private static final int FLUSH_AT = 64 * 1024;

  private final RecordCells record;
  private final int columns;
  private final boolean excelSafe;
  private final OutputStream out;
  private final StringBuilder text = new StringBuilder();
  private final CSVPrinter printer;

  private CsvWriter(Resource resource, boolean excelSafe, OutputStream out) throws IOException {
    this.record = new RecordCells(resource);
    this.columns = resource.fields().size();
    this.excelSafe = excelSafe;
    this.out = out;
    this.printer = new CSVPrinter(text, CSVFormat.RFC4180);
  }

  public static CsvWriter begin(Resource resource, boolean excelSafe, OutputStream out)
      throws IOException {
    CsvWriter writer = new CsvWriter(resource, excelSafe, out);
    for (Field field : resource.fields()) {
      writer.printer.print(field.path());
    }
    if (excelSafe) {
      writer.printer.print(CsvCells.EXCEL_SAFE);
    }
    writer.printer.print(CsvCells.EXTRA);
    writer.printer.println();
    writer.flush();
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
    flush();
  }

  private void row(byte[] bytes, int from, int to) throws IOException {
    record.read(bytes, from, to);
    for (int i = 0; i < columns; i++) {
      cell(record.cell(i));
    }
    if (excelSafe) {
      printer.print(null);
    }
    cell(record.extra());
    printer.println();
    if (text.length() >= FLUSH_AT) {
      flush();
    }
  }

  private void cell(@Nullable String value) throws IOException {
    if (value == null) {
      printer.print(null);
    } else if (value.isEmpty()) {
      printer.print(null);
      text.append("\"\"");
    } else {
      printer.print(excelSafe ? CsvCells.excelSafe(value) : value);
    }
  }

  private void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
