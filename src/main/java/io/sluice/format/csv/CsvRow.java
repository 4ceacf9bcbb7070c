package io.sluice.format.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of cells, before any meaning was found in them.
 *
 * @param line the physical line on which it begins
 * @param cells null for an empty cell, the empty string for a quoted empty one
 * @param written the cells as they stand in the file, quotes and all; null unless that was asked
 *     for
 * @param flaws where the row breaks the rules of CSV
 */
public record CsvRow(
    long line, List<@Nullable String> cells, @Nullable List<String> written, List<Flaw> flaws) {

  /**
   * Where and how a row breaks the rules.
   *
   * @param cell the cell's position in the row, from 0
   * @param shifts whether cells may have been parted in the wrong places
   */
  public record Flaw(long line, int cell, boolean shifts, String reason) {}

  /** True if the row's cells may have been parted in the wrong places. */
  boolean isShifted() {
    return flaws.stream().anyMatch(Flaw::shifts);
  }

  /** True if no cell has a value; blanks alone are none. */
  boolean isEmpty() {
    if (!flaws.isEmpty()) {
      return false;
    }
    for (String cell : cells) {
      for (int i = 0; cell != null && i < cell.length(); i++) {
        if (cell.charAt(i) != ' ') {
          return false;
        }
      }
    }
    return true;
  }
}
