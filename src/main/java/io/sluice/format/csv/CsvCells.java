package io.sluice.format.csv;

import io.sluice.format.text.LoneSurrogates;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How values become cells, so that the way back is unambiguous: an empty cell is "not given",
 * {@code \N} is null, arrays are joined by semicolons unless that would be ambiguous.
 */
public final class CsvCells {
  /** The header of the column that holds unknown fields as a JSON object. */
  public static final String EXTRA = "_extra";

  /** The header that tells that cells are marked against spreadsheets. */
  public static final String EXCEL_SAFE = "_excel_safe";

  private static final Pattern LIKE_NULL = Pattern.compile("\\\\+N");
  private static final String FORMULA = "=+-@\t\r\n'";

  private CsvCells() {}

  static String text(String value) {
    return LIKE_NULL.matcher(value).matches() ? "\\" + value : value;
  }

  /**
   * Whether a cell can hold the text: JSON can write a NUL and halves of characters, CSV cannot.
   */
  static boolean canHold(String text) {
    return text.indexOf('\0') < 0 && !LoneSurrogates.in(text);
  }

  /** Joins the array's items, or null if only JSON can tell them apart. */
  static @Nullable String joined(List<String> items) {
    if (items.isEmpty()) {
      return "[]";
    }
    String all = String.join(";", items);
    boolean ambiguous = all.isEmpty() || all.startsWith("[") || LIKE_NULL.matcher(all).matches();
    for (String item : items) {
      ambiguous |= item.isEmpty() || item.indexOf(';') >= 0;
    }
    return ambiguous ? null : all;
  }

  /** Keeps a spreadsheet from taking the cell for a formula, reversibly. */
  static String excelSafe(String cell) {
    return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
