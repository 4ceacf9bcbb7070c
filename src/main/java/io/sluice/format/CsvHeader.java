package io.sluice.format;

import io.sluice.catalog.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a CSV file, and what it tells about the others.
 *
 * @param line the physical line on which it begins
 * @param names the columns' names in order, empty where a column has none
 * @param delimiter what parts the cells
 * @param blankFirst whether names have a blank behind the delimiter, and so cells have one too
 * @param comment whether the row is written as a comment, with {@code #} before the first name
 */
record CsvHeader(
    long line, List<String> names, char delimiter, boolean blankFirst, boolean comment) {
  private static final int MOST_COLUMNS = 1000;

  /**
   * Reads the header row, and nothing after it.
   *
   * @param mapped the columns that the user names
   * @throws InputException if there is none, or it is not well-formed
   */
  static CsvHeader read(Resource resource, Set<String> mapped, TextInput in) throws IOException {
    HeaderSearch.Found found = new HeaderSearch(in, new FieldNames(resource), mapped).find();
    String text = found.text();
    long line = found.line();
    if (text.isBlank()) {
      throw new InputException(
          line, "the file is empty; a CSV file begins with a row of column names");
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      throw new InputException(line, "this looks like JSON; read it with --format jsonl");
    }
    Character counted = Delimited.delimiter(text);
    Character named = found.delimiter();
    if (named != null && counted != null && !Delimited.has(text, named)) {
      throw new InputException(
          line,
          "a line above the header names '"
              + Excerpt.of(named.toString())
              + "' as the delimiter (sep=), but the header is parted by '"
              + Excerpt.of(counted.toString())
              + "'; take that line out, or write the file with what it names");
    }
    counted = named == null ? counted : named;
    char delimiter = counted == null ? ',' : counted;
    boolean blankFirst = blankFollows(text, delimiter);
    CsvRow row = new CsvReader(TextInput.of(text, line), delimiter, blankFirst).next();
    return new CsvHeader(line, names(line, row), delimiter, blankFirst, found.comment());
  }

  private static List<String> names(long line, @Nullable CsvRow row) throws InputException {
    if (row == null) {
      throw new InputException(line, "the header row holds no column name");
    }
    if (!row.flaws().isEmpty()) {
      CsvRow.Flaw flaw = row.flaws().get(0);
      boolean nul = !flaw.shifts();
      throw new InputException(
          flaw.line(),
          "in column name "
              + (flaw.cell() + 1)
              + " of the header: "
              + flaw.reason()
              + (nul ? "; if the file is UTF-16, say --encoding UTF-16LE" : ""));
    }
    if (row.cells().size() > MOST_COLUMNS) {
      throw new InputException(line, "the header has more than 1,000 columns; is this CSV?");
    }
    List<String> names = new ArrayList<>();
    for (String name : row.cells()) {
      names.add(name == null ? "" : name);
    }
    return List.copyOf(names);
  }

  private static boolean blankFollows(String header, char delimiter) {
    boolean quoted = false;
    for (int i = 0; i < header.length() - 1; i++) {
      quoted ^= header.charAt(i) == '"';
      if (!quoted && header.charAt(i) == delimiter && header.charAt(i + 1) == ' ') {
        return true;
      }
    }
    return false;
  }
}
