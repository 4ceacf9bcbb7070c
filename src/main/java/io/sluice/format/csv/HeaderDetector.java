package io.sluice.format.csv;

import io.sluice.catalog.Resource;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.format.FieldNames;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds out whether the first row of a CSV file is data. An address or an IP range is no column's
 * name; a domain may be, such as {@code source.ip}: it counts as data where the column below it
 * holds domains, or where no column is known by its name.
 */
final class HeaderDetector {
  private static final int LINES = 50;

  /** The last parts of names that tools write with dots. */
  private static final Set<String> WORDS =
      Set.of(
          "address",
          "domain",
          "email",
          "from",
          "host",
          "hostname",
          "indicator",
          "ioc",
          "ip",
          "name",
          "pattern",
          "sender",
          "to",
          "type",
          "url",
          "value");

  private final Resource resource;
  private final CsvHeader header;
  private final List<List<String>> below;

  HeaderDetector(Resource resource, CsvHeader header, Head head) {
    this.resource = resource;
    this.header = header;
    List<String> lines = HeaderSearch.rows(head);
    this.below =
        lines.stream()
            .skip(1)
            .limit(LINES)
            .map(line -> Delimited.cells(line, header.delimiter(), header.quote()))
            .toList();
  }

  /**
   * The columns whose name in the first row is data; none if the row is a header.
   *
   * @param mapped whether the user says what columns mean, so that they have names
   */
  List<Integer> dataColumns(boolean mapped) {
    FieldNames fields = new FieldNames(resource);
    boolean named = mapped || header.names().stream().anyMatch(name -> fields.find(name) != null);
    List<Integer> data = new ArrayList<>();
    for (int i = 0; i < header.names().size(); i++) {
      String name = header.names().get(i);
      if (!name.startsWith("_") && fields.find(name) == null && isData(i, name, named)) {
        data.add(i);
      }
    }
    return data;
  }

  private boolean isData(int column, String written, boolean named) {
    if (isFlag(written) || written.contains("\\") || written.contains(".*")) {
      return true;
    }
    String name = PatternLooks.plain(written);
    boolean domain = PatternSyntax.domain(name) == null;
    boolean defanged = domain && !name.equalsIgnoreCase(written.strip());
    if (PatternSyntax.email(name) == null || PatternSyntax.cidr(name) == null || defanged) {
      return true;
    }
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!domain || name.indexOf('.') < 0 || WORDS.contains(last)) {
      return false;
    } else if (!named) {
      return true;
    }
    List<String> values = values(column);
    long domains =
        values.stream()
            .filter(value -> PatternSyntax.domain(PatternLooks.plain(value)) == null)
            .count();
    return !values.isEmpty() && 2 * domains >= values.size();
  }

  /** The values of a column in the rows below, blank ones left out. */
  List<String> values(int column) {
    return below.stream()
        .filter(cells -> column < cells.size() && !cells.get(column).isBlank())
        .map(cells -> cells.get(column))
        .toList();
  }

  /** True if a cell is true or false. */
  static boolean isFlag(String value) {
    String text = value.strip();
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }
}
