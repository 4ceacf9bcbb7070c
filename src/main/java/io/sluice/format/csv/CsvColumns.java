package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.InputException;
import io.sluice.format.InputOptions;
import io.sluice.format.OpposedRows;
import io.sluice.format.OptionNames;
import io.sluice.format.OtherKind;
import io.sluice.format.text.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The meaning of each column of a CSV file. */
public final class CsvColumns {

  private final Resource resource;
  private final FieldNames names;
  private final OptionNames options;
  private final CsvHeader header;
  private final List<@Nullable Field> fields = new ArrayList<>();
  private final Map<String, String> byField = new LinkedHashMap<>();
  private final Set<Integer> leftOut = new HashSet<>();
  private boolean unnamed;
  private boolean mapped;

  private CsvColumns(Resource resource, OptionNames options, CsvHeader header) {
    this.resource = resource;
    this.options = options;
    this.names = new FieldNames(resource);
    this.header = header;
  }

  /**
   * Finds every column's meaning.
   *
   * @param options with the field of a column, by the column's name, or by its number from 1 if
   *     none has that name; empty to leave the column out
   * @param rows what follows the header; some of it is read if the columns are not understood
   * @throws InputException if a column is unknown, or two mean the same
   */
  static CsvColumns of(Resource resource, CsvHeader header, InputOptions options, CsvReader rows)
      throws IOException {
    Map<String, String> mapping = options.mapping();
    CsvColumns columns = new CsvColumns(resource, options.names(), header);
    Map<Integer, String> mapped = columns.positions(mapping);
    columns.mapped = !mapped.isEmpty();
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < header.names().size(); i++) {
      String name = header.names().get(i);
      String target = mapped.get(i);
      Field field = target == null ? columns.names.find(name) : columns.target(name, target);
      boolean ignored = name.isBlank() || name.startsWith("_");
      if (target == null && ignored) {
        field = null;
      } else if (field == null && target == null) {
        unknown.add(i);
      }
      if (target != null && field == null) {
        columns.leftOut.add(i);
      }
      columns.add(name, field);
    }
    columns.check(unknown, rows);
    columns.unnamed = columns.hasNoName(mapping);
    return columns;
  }

  /** The places in a record, by column; null for a column that is left out. */
  List<@Nullable Field> fields() {
    return fields;
  }

  /** True if the user says that the column is left out. */
  boolean isLeftOut(int column) {
    return leftOut.contains(column);
  }

  /** The columns that may say what another product does with a row, and are no flags here. */
  List<Integer> deciding() {
    OpposedRows opposed = new OpposedRows(resource);
    List<Integer> deciding = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean free = field == null || field.type() instanceof FieldType.Text;
      boolean key = field != null && resource.key().contains(field.path());
      if (free && !key && opposed.decides(header.names().get(i))) {
        deciding.add(i);
      }
    }
    return deciding;
  }

  /** The columns by the paths of their fields. */
  Map<String, String> byField() {
    return Collections.unmodifiableMap(byField);
  }

  /** True if nothing but numbers says what the columns mean, so that the names may be data. */
  boolean unnamed() {
    return unnamed;
  }

  private boolean hasNoName(Map<String, String> mapping) {
    return header.present()
        && header.names().stream().allMatch(name -> names.find(name) == null)
        && mapping.keySet().stream()
            .noneMatch(column -> ColumnOption.named(header.names(), column));
  }

  /** True if the cells are marked against spreadsheets. */
  boolean isExcelSafe() {
    return header.names().contains(CsvCells.EXCEL_SAFE);
  }

  private @Nullable Field target(String name, String target) throws InputException {
    return target.isBlank()
        ? null
        : names.named(options.of("map") + " " + Excerpt.of(name), target);
  }

  private void add(String name, @Nullable Field field) {
    fields.add(field);
    if (field != null) {
      byField.putIfAbsent(field.path(), name);
    }
  }

  /** The mapping by the positions of the columns that it names. */
  private Map<Integer, String> positions(Map<String, String> mapping) throws InputException {
    Map<Integer, String> positions = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : mapping.entrySet()) {
      Set<Integer> named = ColumnOption.columns(header.names(), entry.getKey());
      if (named.isEmpty()) {
        throw new InputException(
            header.line(),
            options.map(entry.getKey(), entry.getValue())
                + ": the file has no such column; it has "
                + Excerpt.quoted(header.names()));
      } else if (named.size() > 1 && names.find(entry.getKey()) != null) {
        throw new InputException(
            header.line(),
            options.map(entry.getKey(), entry.getValue())
                + ": "
                + named.size()
                + " columns have that name; say which one by its number, such as "
                + ColumnOption.of(
                    options, header.names(), Collections.max(named), entry.getValue()));
      }
      for (Integer position : named) {
        String other = positions.put(position, entry.getValue());
        if (other != null) {
          throw new InputException(
              header.line(),
              options.of("map")
                  + " says two things of the column "
                  + Excerpt.quoted(header.names().get(position)));
        }
      }
    }
    return positions;
  }

  private void check(List<Integer> unknown, CsvReader rows) throws IOException {
    Map<String, List<Integer>> positions = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (field != null) {
        positions.computeIfAbsent(field.path(), path -> new ArrayList<>()).add(i);
      }
    }
    String wrong =
        positions.entrySet().stream()
            .filter(field -> field.getValue().size() > 1)
            .map(field -> repeated(field.getKey(), field.getValue()))
            .collect(Collectors.joining("; "));
    String opposed = new OpposedRows(resource).refusal(leftOut(), options);
    if (opposed != null) {
      throw new InputException(header.line(), opposed);
    } else if (!wrong.isEmpty()) {
      throw new InputException(header.line(), wrong);
    } else if (byField.isEmpty() || !unknown.isEmpty()) {
      String other =
          header.present() && !mapped ? OtherKind.advice(resource, header.names(), options) : null;
      if (other != null) {
        throw new InputException(header.line(), other);
      }
      ColumnAdvice advice = new ColumnAdvice(resource, options, header, byField.keySet(), rows);
      throw new InputException(
          header.line(), byField.isEmpty() ? advice.ofNone() : advice.of(unknown));
    }
  }

  private List<String> leftOut() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i) == null) {
        names.add(header.names().get(i));
      }
    }
    return names;
  }

  private String repeated(String field, List<Integer> columns) {
    List<Integer> others = columns.subList(1, columns.size());
    List<String> known = header.names();
    return "the columns "
        + columns.stream()
            .map(column -> column + 1 + " (" + Excerpt.quoted(known.get(column)) + ")")
            .collect(Collectors.joining(" and "))
        + (columns.size() == 2 ? " both" : " all")
        + " mean the field '"
        + field
        + "'; keep the first by leaving "
        + (others.size() == 1 ? "the other out: " : "the others out: ")
        + others.stream()
            .map(column -> ColumnOption.of(options, known, column, ""))
            .collect(Collectors.joining(options.joiner()));
  }
}
