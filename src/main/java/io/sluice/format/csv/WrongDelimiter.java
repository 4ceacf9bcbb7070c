package io.sluice.format.csv;

import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.text.Excerpt;
import java.util.List;
import java.util.Map;

/** A delimiter that was given and is not the one of the file: the header would be one column. */
final class WrongDelimiter {
  private static final Map<Character, String> NAMES =
      Map.of(',', "comma", ';', "semicolon", '\t', "tab");

  private WrongDelimiter() {}

  /**
   * Refuses a header whose names another delimiter parts.
   *
   * @throws InputException saying which
   */
  static void refuse(Resource resource, InputOptions options, CsvHeader header)
      throws InputException {
    boolean one = header.present() && header.names().size() == 1;
    if (!one || options.dialect().delimiter() == null) {
      return;
    }
    String text = header.names().get(0);
    Character other = Delimited.delimiter(text, header.quote());
    if (other == null) {
      return;
    }
    FieldNames fields = new FieldNames(resource);
    List<String> cells = Delimited.cells(text, other, header.quote());
    boolean known =
        fields.find(text) == null
            && cells.stream()
                .anyMatch(
                    cell ->
                        fields.find(cell) != null
                            || options.mapping().keySet().stream()
                                .anyMatch(column -> ColumnOption.named(List.of(cell), column)));
    if (known) {
      OptionNames names = options.names();
      throw new InputException(
          header.line(),
          "the header '"
              + Excerpt.of(text)
              + "' is one column with the delimiter that was given: leave "
              + names.of("delimiter")
              + " out, or say "
              + names.with("delimiter", NAMES.getOrDefault(other, "comma")));
    }
  }
}
