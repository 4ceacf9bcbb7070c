package io.sluice.pipeline.imports.input;

import java.util.List;
import java.util.Locale;

/** Notices rows whose rewritten pattern matches more than what is written: how many, and where. */
final class WidenedPatternWarnings {
  private long count;
  private long firstLine;

  void look(Rewritten row) {
    if (row.widens() && count++ == 0) {
      firstLine = row.line();
    }
  }

  /** In words for people. */
  List<String> warnings() {
    if (count == 0) {
      return List.of();
    }
    String rows = count == 1 ? "rewritten row matches" : "rewritten rows match";
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d %s more than what is written, the first on line %,d",
            count,
            rows,
            firstLine));
  }
}
