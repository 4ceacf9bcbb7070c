package io.sluice.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one file, one by one. */
public interface Rows {

  /** The next row; null at the end. */
  @Nullable InputRow next() throws IOException;

  /** The names of the columns, where the file has them. */
  default List<String> header() {
    return List.of();
  }

  /** The delimiter of the cells, where there are any. */
  default char delimiter() {
    return ',';
  }

  /** True if double quotes stand around a cell that holds the delimiter. */
  default boolean standardQuotes() {
    return true;
  }

  /** The file's names for the fields, where they differ. */
  default Map<String, String> columns() {
    return Map.of();
  }

  /** The columns and fields left out so far, once each. */
  default List<String> warnings() {
    return List.of();
  }
}
