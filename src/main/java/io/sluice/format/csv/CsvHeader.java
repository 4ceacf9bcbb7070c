package io.sluice.format.csv;

import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The names of a CSV file's columns, and what the first row shows of the others.
 *
 * @param line the physical line on which it begins
 * @param names the columns' names in order, empty where a column has none; numbers from 1 if the
 *     file has no header
 * @param delimiter what parts the cells
 * @param blankFirst whether names have a blank behind the delimiter, and so cells have one too
 * @param comment whether the row is written as a comment, with {@code #} before the first name
 * @param quote what stands around a cell that holds the delimiter
 * @param first the first row, where it is a row like the others
 */
record CsvHeader(
    long line,
    List<String> names,
    char delimiter,
    boolean blankFirst,
    boolean comment,
    char quote,
    @Nullable CsvRow first) {
  private static final int MOST_COLUMNS = 1000;

  /**
   * Reads the header row, and nothing after it.
   *
   * @param options how the file is to be read, with the columns that the user names
   * @throws InputException if there is none, or it is not well-formed
   */
  static CsvHeader read(Resource resource, InputOptions options, TextInput in) throws IOException {
    if (options.headerLine() > 0) {
      in.skipTo(options.headerLine());
    }
    return options.header() == InputOptions.Header.ABSENT
        ? numbered(resource, options, in)
        : named(resource, options, in);
  }

  private static CsvHeader named(Resource resource, InputOptions options, TextInput in)
      throws IOException {
    Dialect dialect = options.dialect();
    HeaderSearch search =
        new HeaderSearch(in, new FieldNames(resource), options.mapping().keySet(), dialect.quote());
    HeaderSearch.Found found = search.find();
    String text = found.text();
    long line = found.line();
    if (options.headerLine() > 0 && (text.isBlank() || line != options.headerLine())) {
      throw new InputException(
          options.headerLine(),
          options.names().with("header-line", String.valueOf(options.headerLine()))
              + ": the line is blank or a comment; "
              + (text.isBlank() ? "nothing follows it" : "the next with any text is " + line));
    }
    if (text.isBlank()) {
      throw new InputException(
          line, "the file is empty; a CSV file begins with a row of column names");
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      throw new InputException(
          line, "this looks like JSON; read it with " + options.names().with("format", "jsonl"));
    }
    char quote = dialect.quote();
    Character counted = delimiter(resource, search, found, in.head(), quote);
    Character named = found.delimiter();
    if (dialect.delimiter() == null
        && named != null
        && counted != null
        && !Delimited.has(text, named, quote)) {
      throw new InputException(
          line,
          "a line above the header names '"
              + Excerpt.of(named.toString())
              + "' as the delimiter (sep=), but the header uses '"
              + Excerpt.of(counted.toString())
              + "'; take that line out, or separate the cells with what it names");
    }
    counted = named == null ? counted : named;
    char delimiter = given(dialect, counted == null ? ',' : counted);
    boolean blankFirst = blankFollows(text, delimiter, quote);
    TextInput header = TextInput.of(text, line);
    CsvRow row = new CsvReader(header, delimiter, blankFirst, quote).next();
    List<String> names = names(options.names(), line, row);
    return new CsvHeader(line, names, delimiter, blankFirst, found.comment(), quote, null);
  }

  /** The one that the header shows. */
  private static @Nullable Character delimiter(
      Resource resource, HeaderSearch search, HeaderSearch.Found found, Head head, char quote) {
    Character counted = Delimited.delimiter(found.text(), quote);
    boolean known =
        counted != null
            && Delimited.cells(found.text(), counted, quote).stream().anyMatch(search::isKnown);
    if (known) {
      return counted;
    }
    List<String> below = HeaderSearch.rows(head).stream().skip(found.comment() ? 0 : 1).toList();
    PipeDetector pipes = new PipeDetector(search::isKnown, PatternLooks.of(resource), quote);
    return pipes.partsHeader(found.text(), below) ? (Character) PipeDetector.PIPE : counted;
  }

  private static char given(Dialect dialect, char found) {
    Character given = dialect.delimiter();
    return given == null ? found : given;
  }

  private static CsvHeader numbered(Resource resource, InputOptions options, TextInput in)
      throws IOException {
    FieldNames fields = new FieldNames(resource);
    Dialect dialect = options.dialect();
    char quote = dialect.quote();
    Character found = new HeaderSearch(in, fields, Set.of(), quote).passOver();
    List<String> lines = HeaderSearch.rows(in.head());
    char delimiter = given(dialect, found == null ? delimiter(resource, lines, quote) : found);
    boolean blankFirst = !lines.isEmpty() && blankFollows(lines.get(0), delimiter, quote);
    CsvRow first = new CsvReader(in, delimiter, blankFirst, quote).keepingText().next();
    if (first == null) {
      throw new InputException(in.line(), "the file is empty");
    }
    requireFewColumns(first);
    List<String> cells = texts(first).stream().filter(cell -> !cell.isBlank()).toList();
    // A file of failed rows has a header, even where its input had none.
    boolean left = cells.contains("_outcome") && cells.get(cells.size() - 1).equals("_line");
    if (left || (!cells.isEmpty() && cells.stream().allMatch(cell -> fields.find(cell) != null))) {
      throw new InputException(
          first.line(),
          "the first row, "
              + Excerpt.quoted(cells)
              + (left
                  ? ", is the header of a file of failed rows: leave "
                  : ", is a header of field names: leave ")
              + options.names().switched("header", false)
              + " out");
    }
    List<String> names =
        IntStream.rangeClosed(1, first.cells().size()).mapToObj(Integer::toString).toList();
    return new CsvHeader(first.line(), names, delimiter, blankFirst, false, quote, first);
  }

  /** The one that rows without a header show. */
  private static char delimiter(Resource resource, List<String> lines, char quote) {
    PipeDetector pipes = new PipeDetector(none -> false, PatternLooks.of(resource), quote);
    return pipes.partsRows(lines) ? PipeDetector.PIPE : Delimited.delimiter(lines, quote);
  }

  /** True if the file names its columns. */
  boolean present() {
    return first == null;
  }

  /** The rows of data. */
  CsvReader rows(TextInput in) {
    return new CsvReader(in, delimiter, blankFirst, quote).after(first);
  }

  private static List<String> names(OptionNames options, long line, @Nullable CsvRow row)
      throws InputException {
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
              + (nul
                  ? "; if the file is UTF-16, say " + options.with("encoding", "UTF-16LE")
                  : ""));
    }
    requireFewColumns(row);
    return texts(row);
  }

  private static void requireFewColumns(CsvRow row) throws InputException {
    if (row.cells().size() > MOST_COLUMNS) {
      throw new InputException(
          row.line(), "the first row has more than 1,000 columns; is this CSV?");
    }
  }

  private static List<String> texts(CsvRow row) {
    List<String> texts = new ArrayList<>();
    for (String cell : row.cells()) {
      texts.add(cell == null ? "" : cell);
    }
    return List.copyOf(texts);
  }

  private static boolean blankFollows(String header, char delimiter, char quote) {
    boolean quoted = false;
    for (int i = 0; i < header.length() - 1; i++) {
      quoted ^= header.charAt(i) == quote;
      if (!quoted && header.charAt(i) == delimiter && header.charAt(i + 1) == ' ') {
        return true;
      }
    }
    return false;
  }
}
