package io.sluice.format.csv;

import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.Head;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line with one text alone, or with fewer cells than the lines below it, such as a title and its
 * date, where the names of the columns were expected: they stand in a line below it.
 *
 * @param line where it is
 * @param text what it says
 * @param header the line that holds the names
 * @param names the names there
 */
public record TitleLine(long line, String text, long header, List<String> names) {
  private static final int LINES = 10;
  private static final int LEAST_NAMES = 2;

  /**
   * Finds the names below what was taken for a header.
   *
   * @param options how the file is read; whoever says which line holds the names, or what a column
   *     of the first line means, is believed
   * @return null if that header is no title
   */
  static @Nullable TitleLine of(
      Resource resource, InputOptions options, CsvHeader header, Head head) {
    List<String> filled = header.names().stream().filter(name -> !name.isBlank()).toList();
    FieldNames fields = new FieldNames(resource);
    boolean expected = options.header() == InputOptions.Header.EXPECTED;
    if (!expected || options.headerLine() > 0 || header.comment() || filled.isEmpty()) {
      return null;
    }
    PatternLooks looks = PatternLooks.of(resource);
    boolean meant =
        filled.stream().anyMatch(cell -> cell.startsWith("_") || looks.fits(cell))
            || options.mapping().keySet().stream()
                .anyMatch(column -> ColumnOption.named(filled, column));
    if (meant) {
      return null;
    }
    long known = known(fields, filled);
    TitleLine title = below(resource, header, filled, head);
    return known == 0 || (title != null && title.holdsOnly(fields, known)) ? title : null;
  }

  private static long known(FieldNames fields, List<String> cells) {
    return cells.stream().filter(cell -> fields.find(cell) != null).count();
  }

  /**
   * True if each name is a field's, and there are more than above it: a title over some columns may
   * itself be the name of a field, and a row of data holds no other names.
   */
  private boolean holdsOnly(FieldNames fields, long above) {
    long known = known(fields, names);
    return known > above && known == names.stream().filter(name -> !name.isBlank()).count();
  }

  private static @Nullable TitleLine below(
      Resource resource, CsvHeader header, List<String> title, Head head) {
    List<Head.Line> lines =
        head.numbered(Integer.MAX_VALUE).stream()
            .filter(line -> line.number() > header.line())
            .limit(LINES)
            .toList();
    for (int i = 0; i < lines.size(); i++) {
      List<String> names = cells(lines.get(i).text(), header.quote());
      long filled = names.stream().filter(name -> !name.isBlank()).count();
      if (filled >= LEAST_NAMES) {
        boolean rows =
            filled > title.size()
                && i + 1 < lines.size()
                && cells(lines.get(i + 1).text(), header.quote()).size() == names.size();
        return areNames(resource, names, rows)
            ? new TitleLine(
                header.line(), String.join(", ", title), lines.get(i).number(), List.copyOf(names))
            : null;
      }
    }
    return null;
  }

  private static List<String> cells(String line, char quote) {
    Character delimiter = Delimited.delimiter(line, quote);
    return delimiter == null ? List.of(line) : Delimited.cells(line, delimiter, quote);
  }

  /**
   * True if the cells are names of columns: one is a field's, or wider rows than the title follow.
   */
  private static boolean areNames(Resource resource, List<String> cells, boolean rows) {
    FieldNames fields = new FieldNames(resource);
    PatternLooks looks = PatternLooks.of(resource);
    boolean known = false;
    Set<String> seen = new HashSet<>();
    for (String cell : cells) {
      boolean field = fields.find(cell) != null;
      known |= field;
      boolean data =
          HeaderDetector.isFlag(cell)
              || (cell.indexOf('.') > 0 && looks.fits(cell))
              || cell.indexOf('@') >= 0
              || cell.chars().noneMatch(Character::isLetter);
      boolean twice = !seen.add(cell.toLowerCase(Locale.ROOT));
      if (!cell.isBlank() && !field && (data || twice)) {
        return false;
      }
    }
    return known || rows;
  }

  /** The refusal of the file, with the option that reads it. */
  InputException refusal(OptionNames options) {
    return new InputException(
        line,
        "'"
            + Excerpt.of(text)
            + "' looks like a title: the names of the columns are in line "
            + header
            + " ("
            + Excerpt.quoted(names)
            + "); read them there with "
            + options.with("header-line", String.valueOf(header))
            + ", or say "
            + options.switched("header", true)
            + " if line "
            + line
            + " holds them");
  }
}
