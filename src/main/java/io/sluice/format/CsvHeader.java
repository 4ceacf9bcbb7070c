package io.sluice.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a CSV file, and what it tells about the others.
 *
 * @param line the physical line on which it begins
 * @param names the columns' names in order, empty where a column has none
 * @param delimiter what parts the cells
 * @param blankFirst whether names have a blank behind the delimiter, and so cells have one too
 */
record CsvHeader(long line, List<String> names, char delimiter, boolean blankFirst) {
  private static final int MOST_COLUMNS = 1000;
  private static final String DELIMITERS = ",;\t";

  /**
   * Reads the header row, and nothing after it.
   *
   * @throws InputException if there is none, or it is not well-formed
   */
  static CsvHeader read(TextInput in) throws IOException {
    long line = in.line();
    String text = row(in);
    while (isPassedOver(text) && in.peek() >= 0) {
      line = in.line();
      text = row(in);
    }
    if (text.isBlank()) {
      throw new InputException(
          line, "the file is empty; a CSV file begins with a row of column names");
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      throw new InputException(line, "this looks like JSON; read it with --format jsonl");
    }
    char delimiter = delimiter(text);
    boolean blankFirst = blankFollows(text, delimiter);
    CsvRow row = new CsvReader(TextInput.of(text, line), delimiter, blankFirst).next();
    return new CsvHeader(line, names(line, row), delimiter, blankFirst);
  }

  /** Spreadsheets write a line before the header that names the delimiter, for themselves. */
  private static boolean isPassedOver(String text) {
    return text.isBlank()
        || (text.length() == 5
            && text.startsWith("sep=")
            && DELIMITERS.indexOf(text.charAt(4)) >= 0);
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

  /** The text up to the first line end outside quotes, without it. */
  private static String row(TextInput in) throws IOException {
    long line = in.line();
    StringBuilder row = new StringBuilder();
    boolean quoted = false;
    int c = in.read();
    while (c >= 0 && (quoted || (c != '\n' && c != '\r'))) {
      quoted ^= c == '"';
      row.append((char) c);
      if (row.length() > TextInput.LONGEST) {
        throw new InputException(
            line, "the header row is longer than 1 MiB; is a closing quote missing?");
      }
      c = in.read();
    }
    if (c == '\r' && in.peek() == '\n') {
      in.read();
    }
    return row.toString();
  }

  private static char delimiter(String header) {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      quoted ^= header.charAt(i) == '"';
      int known = DELIMITERS.indexOf(header.charAt(i));
      if (known >= 0 && !quoted) {
        counts[known]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
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
