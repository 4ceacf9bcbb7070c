package io.sluice.pipeline.imports.input;

import io.sluice.catalog.pattern.EscapedText;
import io.sluice.format.OptionNames;
import java.util.List;
import java.util.Locale;

/** Counts rows that normalizing would change if they had no id. */
final class IdentifiedRows {
  private final String column;
  private final OptionNames names;
  private long count;
  private String first = "";

  /**
   * @param column what the file calls the id
   */
  IdentifiedRows(String column, OptionNames names) {
    this.column = column;
    this.names = names;
  }

  void add(long line, String written) {
    if (++count == 1) {
      first = "line " + line + ", '" + EscapedText.of(written) + "'";
    }
  }

  /** In words for people. */
  List<String> warnings() {
    if (count == 0) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "%,d %s not normalized, since a row with an id stands for the record as the account"
                + " holds it (the first: %s); if the ids are not the account's, leave them out: %s",
            count,
            count == 1 ? "row was" : "rows were",
            first,
            names.map(column, "")));
  }
}
