package io.sluice.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Lays rows out as text, ratios first. */
final class Table {
  private static final List<String> HEAD =
      List.of("figure", "median", "min–max", "unit", "goal", "against, or how");

  private Table() {}

  static String of(String machine, Settings settings, List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.stream()
        .sorted(Comparator.comparing(row -> !row.ratio()))
        .map(Table::cells)
        .forEach(lines::add);
    String rounds =
        String.format(
            Locale.ROOT,
            "%,d rows an export, %,d an import by rows, %,d by batch; medians of %d rounds (starts: %d), contenders in turn, a round"
                + " before them not counted; whole processes, wall clock",
            settings.rows(),
            settings.creates(),
            settings.batched(),
            settings.rounds(),
            settings.starts());
    StringBuilder text = new StringBuilder();
    text.append('\n').append(machine).append('\n').append(rounds).append("\n\n");
    int[] widths = widths(lines);
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blanks = " ".repeat(widths[i] - line.get(i).length());
        boolean right = i == 1 || i == 2;
        cells.append(right ? blanks + line.get(i) : line.get(i) + blanks).append("  ");
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A number with about three digits that matter. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }

  private static List<String> cells(Row row) {
    Spread spread = row.spread();
    if (spread == null) {
      return List.of(row.figure(), "–", "", row.unit(), "", row.reference());
    }
    return List.of(
        row.figure(),
        number(spread.median()),
        number(spread.min()) + "–" + number(spread.max()),
        row.unit(),
        row.goal().validate(spread),
        row.reference());
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[HEAD.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return widths;
  }
}
