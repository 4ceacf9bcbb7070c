package io.sluice.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as it stands in its file, so that it can be written out again and read as the same row. */
public sealed interface RowSource {

  /**
   * The cells of a CSV row before any meaning was found in them, spreadsheet marks included.
   *
   * @param values null for an empty cell, the empty string for a quoted empty one; a faulty row may
   *     have more or fewer than the header has columns
   * @param written the cells of a row that breaks the rules of CSV as they stand in the file,
   *     quotes and all, if the reader was asked for that; else null
   */
  record Cells(List<@Nullable String> values, @Nullable List<String> written) implements RowSource {
    /** Keeps a copy. */
    public Cells {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }

  /**
   * A line of JSON or of a list, without its end.
   *
   * @param text one line, though the object may have spanned several in the file
   */
  record Line(String text) implements RowSource {}
}
