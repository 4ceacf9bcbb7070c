package io.sluice.report;

import io.sluice.format.csv.CsvLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code failed.csv}: the columns of the input with the values that they had there, then
 * what became of the row. Columns of an earlier {@code failed.csv} that say that are replaced.
 */
public final class FailedCsv extends FailedRows {
  private final List<String> header;
  private @Nullable CsvLines lines;

  private FailedCsv(Path path, List<String> header) {
    super(path);
    this.header = List.copyOf(header);
  }

  /**
   * Begins the file in a results directory.
   *
   * @param header the names of the input's columns, as they are there
   */
  public static FailedCsv in(Path directory, List<String> header) {
    return new FailedCsv(directory.resolve(CSV), header);
  }

  /**
   * Adds the row if its outcome is one of those that remain.
   *
   * @param cells the row's cells in the input's order; null is empty, an empty string was quoted.
   *     Cells beyond the header stay where they are, so that the row is refused again
   */
  public void add(RowResult result, List<? extends @Nullable String> cells) throws IOException {
    if (!result.outcome().remains()) {
      return;
    }
    if (lines == null) {
      lines = new CsvLines(file());
      lines.line(withAdded(header, ADDED));
    }
    lines.line(
        withAdded(
            cells,
            Arrays.asList(
                result.outcome().label(),
                result.code(),
                result.message(),
                result.pointer(),
                Long.toString(result.line()))));
  }

  private List<@Nullable String> withAdded(
      List<? extends @Nullable String> own, List<? extends @Nullable String> added) {
    List<@Nullable String> all = new ArrayList<>(own.size() + added.size());
    for (int i = 0; i < Math.max(own.size(), header.size()); i++) {
      if (i >= header.size() || !ADDED.contains(header.get(i))) {
        all.add(i < own.size() ? own.get(i) : null);
      }
    }
    all.addAll(added);
    return all;
  }

  @Override
  void flush() throws IOException {
    if (lines != null) {
      lines.flush();
    }
  }
}
