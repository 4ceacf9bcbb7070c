package io.sluice.format.csv;

import io.sluice.format.PatternLooks;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds out whether {@code |} parts cells. It may as well stand in a regular expression, such as
 * {@code a|b}, so it counts only where the cells that it makes are names of fields, or where each
 * row has as many and just one column holds patterns.
 */
final class PipeDetector {
  static final char PIPE = '|';

  /** What columns are called: a regular expression has other characters as well. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N} _/-]*");

  private static final int LINES = 50;
  private static final int FEWEST_ROWS = 2;

  private final Predicate<String> known;
  private final PatternLooks looks;
  private final char quote;

  /**
   * @param known whether a text is the name of a column
   */
  PipeDetector(Predicate<String> known, PatternLooks looks, char quote) {
    this.known = known;
    this.looks = looks;
    this.quote = quote;
  }

  /**
   * Whether it parts the cells of a file whose first row may be a header.
   *
   * @param below the lines that follow it
   */
  boolean partsHeader(String header, List<String> below) {
    int pipes = Delimited.count(header, PIPE, quote);
    if (pipes == 0) {
      return false;
    }
    List<String> names = Delimited.cells(header, PIPE, quote);
    List<String> rows = below.stream().limit(LINES).toList();
    long alike = rows.stream().filter(row -> Delimited.count(row, PIPE, quote) == pipes).count();
    if (names.stream().anyMatch(known) && 2 * alike >= rows.size()) {
      return true;
    }
    boolean named = names.stream().allMatch(name -> NAME.matcher(name).matches());
    return rows.size() == alike && (named ? onePatternColumn(rows) : partsRows(header, rows));
  }

  /** True if it parts the cells of a file without a header. */
  boolean partsRows(List<String> lines) {
    List<String> rows = lines.stream().limit(LINES).toList();
    return rows.size() >= FEWEST_ROWS
        && rows.stream().map(row -> Delimited.count(row, PIPE, quote)).distinct().count() == 1
        && onePatternColumn(rows);
  }

  private boolean partsRows(String first, List<String> rest) {
    return !rest.isEmpty()
        && onePatternColumn(rest)
        && columns(List.of(first)).equals(columns(rest));
  }

  /** Two domains that a pipe parts are a regular expression of both. */
  private boolean onePatternColumn(List<String> rows) {
    return !rows.isEmpty() && columns(rows).size() == 1;
  }

  /** The columns in which every cell looks like a pattern, none if there is but one column. */
  private List<Integer> columns(List<String> rows) {
    List<List<String>> cells = rows.stream().map(row -> Delimited.cells(row, PIPE, quote)).toList();
    int count = cells.get(0).size();
    return count < 2
        ? List.of()
        : IntStream.range(0, count)
            .filter(i -> cells.stream().allMatch(row -> row.size() > i && looks.fits(row.get(i))))
            .boxed()
            .toList();
  }
}
