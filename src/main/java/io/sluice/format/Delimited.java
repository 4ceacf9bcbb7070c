package io.sluice.format;

import io.sluice.catalog.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of text as cells, to find out whether it may be a line of CSV. */
final class Delimited {
  static final String DELIMITERS = ",;\t";

  private Delimited() {}

  /** The delimiter that the line has most of outside quotes; null if it has none. */
  static @Nullable Character delimiter(String line) {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      int known = DELIMITERS.indexOf(line.charAt(i));
      if (known >= 0 && !quoted) {
        counts[known]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return counts[most] == 0 ? null : DELIMITERS.charAt(most);
  }

  /** True if the line has that delimiter outside quotes. */
  static boolean has(String line, char delimiter) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      if (!quoted && line.charAt(i) == delimiter) {
        return true;
      }
    }
    return false;
  }

  /** The line's cells, without the quotes; blanks around them are no part of them. */
  static List<String> cells(String line) {
    Character delimiter = delimiter(line);
    try {
      CsvRow row =
          new CsvReader(TextInput.of(line, 1), delimiter == null ? ',' : delimiter, true).next();
      List<String> cells = new ArrayList<>();
      if (row != null) {
        row.cells().forEach(cell -> cells.add(cell == null ? "" : cell.strip()));
      }
      return cells;
    } catch (InputException malformed) {
      return List.of(line);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Whether one of the line's cells is the name of a field. */
  static boolean namesField(Resource resource, String line) {
    FieldNames names = new FieldNames(resource);
    return cells(line).stream().anyMatch(cell -> names.find(cell) != null);
  }
}
