package io.sluice.report;

import io.sluice.format.csv.CsvForm;
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
  private final CsvForm form;

  /** How many columns are the input's own. */
  private final int columns;

  private @Nullable CsvLines lines;

  private FailedCsv(Path path, List<String> header, CsvForm form) {
    super(path);
    this.form = form;
    this.header = List.copyOf(header);
    this.columns = (int) header.stream().filter(name -> !ADDED.contains(name)).count();
  }

  /**
   * Begins the file in a results directory.
   *
   * @param header the names of the input's columns, as they are there
   * @param form how the input is written
   */
  public static FailedCsv in(Path directory, List<String> header, CsvForm form) {
    return new FailedCsv(directory.resolve(CSV), header, form);
  }

  /**
   * Adds the row if its outcome is one of those that remain.
   *
   * @param cells the row's cells in the input's order; null is empty, an empty string was quoted.
   *     Cells beyond the header stay where they are, so that the row is refused again
   * @param written the cells as they stand in the input, which has the same form, of a row that
   *     breaks the rules of CSV, so that it breaks them again; null for any other row
   */
  public void add(
      RowResult result, List<? extends @Nullable String> cells, @Nullable List<String> written)
      throws IOException {
    if (!result.outcome().remains()) {
      return;
    }
    if (lines == null) {
      lines = new CsvLines(file(), form);
      lines.line(withAdded(header, ADDED));
    }
    List<@Nullable String> added =
        Arrays.asList(
            result.outcome().label(),
            result.code(),
            result.message(),
            result.pointer(),
            Long.toString(result.line()));
    if (written == null) {
      lines.line(withAdded(cells, added));
    } else {
      lines.line(own(written), added);
    }
  }

  private List<@Nullable String> withAdded(
      List<? extends @Nullable String> cells, List<? extends @Nullable String> added) {
    List<@Nullable String> all = new ArrayList<>(own(cells));
    while (all.size() < columns) {
      all.add(null);
    }
    all.addAll(added);
    return all;
  }

  /**
   * Without what an earlier run has added: in the columns of that name, but behind the cells that a
   * row has too many.
   */
  private List<@Nullable String> own(List<? extends @Nullable String> cells) {
    int added = cells.size() > header.size() ? header.size() - columns : 0;
    List<@Nullable String> own = new ArrayList<>(cells.size());
    for (int i = 0; i < cells.size() - added; i++) {
      if (added > 0 || i >= header.size() || !ADDED.contains(header.get(i))) {
        own.add(cells.get(i));
      }
    }
    return own;
  }

  @Override
  void flush() throws IOException {
    if (lines != null) {
      lines.flush();
    }
  }
}
