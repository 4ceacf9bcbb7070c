package io.sluice.format.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes RFC 4180 lines in UTF-8: null is an empty cell, an empty string a quoted empty one. */
public final class CsvLines {
  private static final int FLUSH_AT = 64 * 1024;

  private final OutputStream out;
  private final StringBuilder text = new StringBuilder();
  private final CsvForm form;
  private final CSVPrinter printer;

  /** Lines in the standard form. */
  public CsvLines(OutputStream out) throws IOException {
    this(out, CsvForm.STANDARD);
  }

  /** Lines in that form. */
  public CsvLines(OutputStream out, CsvForm form) throws IOException {
    this.out = out;
    this.form = form;
    if (form.mark()) {
      text.append('\ufeff');
    }
    this.printer =
        new CSVPrinter(text, CSVFormat.RFC4180.builder().setDelimiter(form.delimiter()).get());
  }

  /** A line that begins with cells as they stood in another file of that form. */
  public void line(List<? extends @Nullable String> written, List<? extends @Nullable String> cells)
      throws IOException {
    for (String cell : written) {
      text.append(cell == null ? "" : cell).append(form.delimiter());
    }
    line(cells);
  }

  /** Writes a line. */
  public void line(List<? extends @Nullable String> cells) throws IOException {
    for (String cell : cells) {
      cell(cell);
    }
    end();
  }

  void cell(@Nullable String value) throws IOException {
    if (value == null) {
      printer.print(null);
    } else if (value.isEmpty()) {
      printer.print(null);
      text.append("\"\"");
    } else {
      printer.print(value);
    }
  }

  void end() throws IOException {
    printer.println();
    if (text.length() >= FLUSH_AT) {
      flush();
    }
  }

  /** Hands over what is held back. To be called at the end. */
  public void flush() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
