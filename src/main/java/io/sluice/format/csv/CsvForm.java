package io.sluice.format.csv;

/**
 * How a CSV file is written.
 *
 * @param delimiter what parts the cells
 * @param mark whether a byte order mark says that the file is in UTF-8, which spreadsheets need
 */
public record CsvForm(char delimiter, boolean mark) {
  /** As RFC 4180 has it. */
  public static final CsvForm STANDARD = new CsvForm(',', false);

  /** What a reader finds out by itself. */
  private static final String FOUND = ",;\t";

  /** The form of a file of that form, as far as it needs no option to be read again. */
  public static CsvForm like(char delimiter, boolean mark) {
    return new CsvForm(FOUND.indexOf(delimiter) < 0 ? ',' : delimiter, mark);
  }
}
