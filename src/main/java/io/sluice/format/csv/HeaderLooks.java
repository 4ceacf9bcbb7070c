package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Head;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out whether the first row of a CSV file is data. An address or an IP range is no column's
 * name; a domain may be, such as {@code source.ip}: it counts as data where the column below it
 * holds domains, or where no column is known by its name.
 */
final class HeaderLooks {
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

  private HeaderLooks(Resource resource, CsvHeader header, Head head) {
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
   * Whether the row looks like data.
   *
   * @param mapped whether the user says what columns mean, so that they have names
   */
  static boolean isData(Resource resource, CsvHeader header, Head head, boolean mapped) {
    return !new HeaderLooks(resource, header, head).data(mapped).isEmpty();
  }

  /**
   * Refuses a row that does.
   *
   * @param mapped whether the user says what columns mean, so that they have names
   * @throws InputException saying how such a file is read
   */
  static void refuseData(Resource resource, CsvHeader header, Head head, boolean mapped)
      throws InputException {
    HeaderLooks looks = new HeaderLooks(resource, header, head);
    List<Integer> data = looks.data(mapped);
    if (!data.isEmpty()) {
      throw new InputException(header.line(), looks.advice(data));
    }
  }

  private List<Integer> data(boolean mapped) {
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

  private List<String> values(int column) {
    return below.stream()
        .filter(cells -> column < cells.size() && !cells.get(column).isBlank())
        .map(cells -> cells.get(column))
        .toList();
  }

  private String advice(List<Integer> data) {
    String fields =
        resource.fields().stream()
            .map(Field::path)
            .filter(resource.key()::contains)
            .collect(Collectors.joining(","));
    return "the first row, "
        + CsvColumns.listed(header.names())
        + ", looks like data, not like a header; read a file without one with "
        + options(data)
        + (header.names().size() == 1 ? ", or with --format list" : "")
        + ", or put one above the data: a header row of field names, such as '"
        + fields
        + "'; if these are the names of the columns, say --header";
  }

  /** A field for the first such column, and for those whose values are all of one choice. */
  private String options(List<Integer> data) {
    String pattern = PatternLooks.of(resource).field();
    StringBuilder options = new StringBuilder("--no-header");
    Set<String> used = new HashSet<>();
    for (int i = 0; i < header.names().size(); i++) {
      String field = pattern != null && i == data.get(0) ? pattern : choice(i);
      options.append(" --map ").append(i + 1).append('=').append(used.add(field) ? field : "");
    }
    return options.toString();
  }

  private String choice(int column) {
    List<String> values = new ArrayList<>(values(column));
    values.add(header.names().get(column));
    if (values.stream().allMatch(HeaderLooks::isFlag)) {
      return flag();
    }
    Optional<Field> comment = resource.comment();
    boolean prose = values.stream().anyMatch(value -> value.strip().indexOf(' ') > 0);
    return resource.fields().stream()
        .filter(Field::writable)
        .filter(field -> values.stream().allMatch(value -> isChoice(field, value)))
        .map(Field::path)
        .findFirst()
        .orElse(prose ? comment.map(Field::path).orElse("") : "");
  }

  /** The one field that is true or false; where there are several, a word to put one in. */
  private String flag() {
    List<Field> flags =
        resource.fields().stream()
            .filter(field -> field.writable() && field.type() instanceof FieldType.Flag)
            .toList();
    return flags.size() == 1 ? flags.get(0).path() : "FIELD";
  }

  private static boolean isFlag(String value) {
    String text = value.strip();
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  private static boolean isChoice(Field field, String value) {
    return field.type() instanceof FieldType.Choice choice
        && choice.values().stream().anyMatch(value.strip()::equalsIgnoreCase);
  }
}
