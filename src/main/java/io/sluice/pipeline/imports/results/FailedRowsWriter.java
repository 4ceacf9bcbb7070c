package io.sluice.pipeline.imports.results;

import io.sluice.config.UsageException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputReader;
import io.sluice.format.InputRow;
import io.sluice.format.RowSource;
import io.sluice.format.csv.CsvForm;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.report.FailedCsv;
import io.sluice.report.FailedJsonl;
import io.sluice.report.FailedRows;
import io.sluice.report.RowResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that are left to do in the input's own words, for which the input is read once more;
 * not at all if there is no such row. Blocking; for one thread at a time.
 */
final class FailedRowsWriter implements LeftRows {
  private final CheckedInput input;
  private final Path directory;
  private final InputFormat format;
  private final String listed;
  private @Nullable InputReader reader;
  private @Nullable FailedRows file;
  private @Nullable String unwritten;

  /**
   * @param directory where the file goes
   */
  FailedRowsWriter(CheckedInput input, Path directory) {
    this.input = input;
    this.directory = directory;
    this.format = input.request().input().format();
    this.listed = input.request().resource().keyText();
  }

  @Override
  public void add(PlannedRow first, RowResult result) throws IOException {
    InputReader rows = unwritten == null ? reader() : null;
    if (rows == null) {
      return;
    }
    InputRow row = rows.next();
    while (row != null && row.row() < result.row()) {
      row = rows.next();
    }
    if (row == null) {
      throw new IOException("the input has no row " + result.row() + " any more");
    }
    FailedRows into = file(rows);
    if (into instanceof FailedCsv csv) {
      csv.add(result, cells(row), written(rows, row));
    } else if (into instanceof FailedJsonl jsonl && row.source() instanceof RowSource.Line line) {
      jsonl.add(result, line.text());
    }
  }

  @Override
  public @Nullable Path finish() throws IOException {
    return file(reader).finish().orElse(null);
  }

  @Override
  public @Nullable String unwritten() {
    return unwritten;
  }

  /** Null if the input is not what it was: what became of its rows is reported all the same. */
  private @Nullable InputReader reader() throws IOException {
    if (reader == null) {
      try {
        reader = input.read();
      } catch (UsageException changed) {
        unwritten =
            "the rows that are left could not be written to a file of their own: "
                + changed.getMessage()
                + "; the report names them by their lines";
      }
    }
    return reader;
  }

  private FailedRows file(@Nullable InputReader rows) {
    FailedRows begun = file;
    if (begun == null) {
      begun =
          switch (format) {
            case JSONL -> FailedJsonl.in(directory);
            case LIST -> FailedCsv.in(directory, List.of(listed), form(rows));
            case CSV ->
                FailedCsv.in(directory, rows == null ? List.of() : rows.header(), form(rows));
          };
      file = begun;
    }
    return begun;
  }

  private static CsvForm form(@Nullable InputReader rows) {
    return rows == null ? CsvForm.STANDARD : CsvForm.like(rows.delimiter(), rows.needsMark());
  }

  /**
   * The cells of a row that breaks the rules of CSV as they stand in the input; null where a file
   * of the form that is written could not hold them as one row.
   */
  private static @Nullable List<String> written(InputReader rows, InputRow row) {
    List<String> written = row.source() instanceof RowSource.Cells cells ? cells.written() : null;
    boolean same =
        rows.standardQuotes()
            && form(rows).delimiter() == rows.delimiter()
            && written != null
            && written.stream().flatMapToInt(String::chars).filter(c -> c == '"').count() % 2 == 0;
    return same ? written : null;
  }

  /** A line of a list has its comment, if that belongs to the record. */
  private List<@Nullable String> cells(InputRow row) {
    if (row.source() instanceof RowSource.Cells cells) {
      return cells.values();
    }
    boolean whole = input.request().input().normalize();
    return List.of(
        whole && row.source() instanceof RowSource.Line line
            ? line.text().strip()
            : row.record().path(listed).asString(""));
  }

  @Override
  public void close() throws IOException {
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }
}
