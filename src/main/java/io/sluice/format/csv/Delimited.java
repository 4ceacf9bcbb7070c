package io.sluice.format.csv;

import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of text as cells, to find out whether it may be a line of CSV. */
public final class Delimited {
  /** The delimiter of cells wherever a line has it; {@link PipeDetector} knows when a pipe does. */
  private static final String DELIMITERS = ",;\t";

  private Delimited() {}

  /**
   * The delimiter of which every line has as many, else the one that the first has most of. Of
   * several the one without a blank behind it: commas in prose have one.
   */
  static char delimiter(List<String> lines, char quote) {
    List<Character> even = new ArrayList<>();
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char delimiter = DELIMITERS.charAt(i);
      List<Integer> counts =
          lines.stream().map(line -> count(line, delimiter, quote)).distinct().toList();
      if (counts.size() == 1 && counts.get(0) > 0) {
        even.add(delimiter);
      }
    }
    if (!even.isEmpty()) {
      return even.stream()
          .filter(delimiter -> lines.stream().noneMatch(line -> line.contains(delimiter + " ")))
          .findFirst()
          .orElse(even.get(0));
    }
    Character most = lines.isEmpty() ? null : delimiter(lines.get(0), quote);
    return most == null ? DELIMITERS.charAt(0) : most;
  }

  /** The delimiter that the line has most of outside double quotes; null if it has none. */
  public static @Nullable Character delimiter(String line) {
    return delimiter(line, Dialect.STANDARD.quote());
  }

  /** The same for a quote that is known. */
  static @Nullable Character delimiter(String line, char quote) {
    char most = DELIMITERS.charAt(0);
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char delimiter = DELIMITERS.charAt(i);
      most = count(line, delimiter, quote) > count(line, most, quote) ? delimiter : most;
    }
    return has(line, most, quote) ? most : null;
  }

  static int count(String line, char delimiter, char quote) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == quote;
      count += line.charAt(i) == delimiter && !quoted ? 1 : 0;
    }
    return count;
  }

  /** True if the line has that delimiter outside quotes. */
  static boolean has(String line, char delimiter, char quote) {
    return count(line, delimiter, quote) > 0;
  }

  /** The line's cells, without the quotes; blanks around them are no part of them. */
  public static List<String> cells(String line) {
    Character delimiter = delimiter(line);
    return cells(line, delimiter == null ? ',' : delimiter, Dialect.STANDARD.quote());
  }

  /** The same for a delimiter and a quote that are known. */
  static List<String> cells(String line, char delimiter, char quote) {
    try {
      CsvRow row = new CsvReader(TextInput.of(line, 1), delimiter, true, quote).next();
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

  /** True if a character may be named as the one that parts the cells. */
  static boolean isDelimiter(char c) {
    return DELIMITERS.indexOf(c) >= 0 || c == PipeDetector.PIPE;
  }

  /**
   * Whether one of the line's cells is the name of a field, or several where a pipe parts them: a
   * regular expression may hold a pipe.
   */
  public static boolean namesField(Resource resource, String line) {
    FieldNames names = new FieldNames(resource);
    return cells(line).stream().anyMatch(cell -> names.find(cell) != null)
        || namesFields(resource, line);
  }

  /** True if pipes part the names of several fields. */
  public static boolean namesFields(Resource resource, String line) {
    FieldNames names = new FieldNames(resource);
    return cells(line, PipeDetector.PIPE, Dialect.STANDARD.quote()).stream()
            .filter(cell -> names.find(cell) != null)
            .count()
        > 1;
  }
}
