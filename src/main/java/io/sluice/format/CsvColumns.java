package io.sluice.format;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What each column of a CSV file means. */
final class CsvColumns {
  private static final int NAMED = 5;

  private final Resource resource;
  private final FieldNames names;
  private final CsvHeader header;
  private final List<@Nullable Slot> slots = new ArrayList<>();
  private final Map<String, String> byField = new LinkedHashMap<>();

  private CsvColumns(Resource resource, CsvHeader header) {
    this.resource = resource;
    this.names = new FieldNames(resource);
    this.header = header;
  }

  /**
   * Finds every column's meaning.
   *
   * @param mapping the field of a column, by column; empty to leave the column out
   * @throws InputException if a column is unknown, or two mean the same
   */
  static CsvColumns of(Resource resource, CsvHeader header, Map<String, String> mapping)
      throws InputException {
    CsvColumns columns = new CsvColumns(resource, header);
    Map<Integer, String> mapped = columns.positions(mapping);
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < header.names().size(); i++) {
      String name = header.names().get(i);
      String target = mapped.get(i);
      Field field = target == null ? columns.names.find(name) : columns.target(name, target);
      boolean ignored = name.isBlank() || name.startsWith("_");
      if (target == null && ignored) {
        field = null;
      } else if (field == null && target == null) {
        unknown.add(name);
      }
      columns.add(name, field);
    }
    columns.check(unknown);
    return columns;
  }

  /** The places in a record, by column; null for a column that is left out. */
  List<@Nullable Slot> slots() {
    return slots;
  }

  /** The columns by the paths of their fields. */
  Map<String, String> byField() {
    return Collections.unmodifiableMap(byField);
  }

  /** Whether the cells are marked against spreadsheets. */
  boolean isExcelSafe() {
    return header.names().contains(CsvCells.EXCEL_SAFE);
  }

  private @Nullable Field target(String name, String target) throws InputException {
    return target.isBlank() ? null : names.named("--map " + Excerpt.of(name), target);
  }

  private void add(String name, @Nullable Field field) throws InputException {
    if (field == null) {
      slots.add(null);
      return;
    }
    String other = byField.putIfAbsent(field.path(), name);
    if (other != null) {
      throw new InputException(
          header.line(),
          "the columns "
              + shown(other)
              + " and "
              + shown(name)
              + " both mean the field '"
              + field.path()
              + "'; leave one out: "
              + option(name, ""));
    }
    slots.add(Slot.of(field));
  }

  /** The mapping by the positions of the columns that it names. */
  private Map<Integer, String> positions(Map<String, String> mapping) throws InputException {
    Map<Integer, String> positions = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : mapping.entrySet()) {
      Set<Integer> named = named(entry.getKey());
      if (named.isEmpty()) {
        throw new InputException(
            header.line(),
            option(entry.getKey(), entry.getValue())
                + ": the file has no such column; it has "
                + listed(header.names()));
      }
      for (Integer position : named) {
        String other = positions.put(position, entry.getValue());
        if (other != null) {
          throw new InputException(
              header.line(),
              "--map says two things of the column " + shown(header.names().get(position)));
        }
      }
    }
    return positions;
  }

  private Set<Integer> named(String column) {
    Set<Integer> exactly = new HashSet<>();
    Set<Integer> roughly = new HashSet<>();
    for (int i = 0; i < header.names().size(); i++) {
      String name = header.names().get(i);
      if (name.equals(column)) {
        exactly.add(i);
      } else if (FieldNames.canonical(name).equals(FieldNames.canonical(column))) {
        roughly.add(i);
      }
    }
    return exactly.isEmpty() ? roughly : exactly;
  }

  private void check(List<String> unknown) throws InputException {
    if (byField.isEmpty()) {
      throw new InputException(header.line(), noneOfThem());
    }
    if (!unknown.isEmpty()) {
      throw new InputException(
          header.line(),
          unknown.stream().limit(NAMED).map(this::unknown).collect(Collectors.joining("; ")));
    }
  }

  private String noneOfThem() {
    String example =
        resource.fields().stream()
            .map(Field::path)
            .filter(resource.key()::contains)
            .collect(Collectors.joining(","));
    return "no field of "
        + resource.slug()
        + " is among the columns "
        + listed(header.names())
        + "; a CSV file begins with a header row of field names, such as '"
        + example
        + "'. If these are the names, say what they mean: --map COLUMN=FIELD; if they are data, put"
        + " a header row above them, or read a file with one pattern a line with --format list";
  }

  private String unknown(String name) {
    String nearest = names.nearest(name).path();
    return "the column "
        + shown(name)
        + " is no field of "
        + resource.slug()
        + " (the nearest is '"
        + nearest
        + "'): say "
        + option(name, nearest)
        + ", or "
        + option(name, "")
        + " to leave it out";
  }

  private static String option(String column, String field) {
    String option = Excerpt.of(column) + "=" + Excerpt.of(field);
    return "--map " + (option.indexOf(' ') < 0 ? option : '"' + option + '"');
  }

  private static String listed(List<String> columns) {
    String listed =
        columns.stream().limit(2 * NAMED).map(CsvColumns::shown).collect(Collectors.joining(", "));
    return columns.size() > 2 * NAMED ? listed + ", …" : listed;
  }

  private static String shown(String column) {
    return "'" + Excerpt.of(column) + "'";
  }
}
