package io.sluice.format.csv;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Recognises rows of a CSV file that are no data: comments, and the header once more. */
final class StrayRow {
  private StrayRow() {}

  /** Why the row is none, and what to do; null if it may be one. */
  static @Nullable String reason(List<String> header, CsvRow row) {
    List<@Nullable String> cells = row.cells();
    String first = Objects.requireNonNullElse(cells.get(0), "");
    if (isHeader(header, cells, first)) {
      return "this is the header again, as where two files were joined: take the line out";
    }
    boolean comment = first.startsWith("#") && (header.size() > 1 || first.startsWith("# "));
    return comment && (isAlone(cells) || cells.size() != header.size())
        ? "a comment below the header; only lines above it may begin with #: take the line out"
        : null;
  }

  private static boolean isAlone(List<@Nullable String> cells) {
    return cells.stream().skip(1).allMatch(cell -> cell == null || cell.isBlank());
  }

  private static boolean isHeader(List<String> header, List<@Nullable String> cells, String first) {
    if (cells.size() != header.size() || !unmarked(first).equals(header.get(0))) {
      return false;
    }
    for (int i = 1; i < cells.size(); i++) {
      if (!Objects.requireNonNullElse(cells.get(i), "").equals(header.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Without the byte order mark of a file that was joined on, or the mark of a comment. */
  private static String unmarked(String cell) {
    boolean marked = cell.startsWith("\ufeff") || cell.startsWith("#");
    return marked ? cell.replaceFirst("^\\ufeff?(#+\\s*)?", "") : cell;
  }
}
