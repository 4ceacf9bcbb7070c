package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.ForeignFile;
import io.sluice.format.InputException;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Excerpt;
import io.sluice.format.text.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a CSV file as far as they can be told without understanding them all, so that
 * somebody can say what the others mean.
 *
 * @param delimiter what parts the cells
 * @param header whether the columns' names are those of the file's first row
 * @param data whether that row looks like data, so that the file may have no header
 * @param line where that row is
 * @param title what that row is if it looks like a title above the names; else null
 */
public record CsvOutline(
    char delimiter,
    boolean header,
    boolean data,
    long line,
    @Nullable TitleLine title,
    List<Column> columns) {
  private static final int ROWS = 50;
  private static final int EXAMPLES = 3;

  /**
   * A column.
   *
   * @param key what names it in a mapping, and no other column; empty if nothing does
   * @param field the path of the field that its name, or the mapping, means; null if there is none
   * @param leftOut whether it is left out on purpose
   * @param examples some of its cells
   * @param proposed what a column without a meaning may mean, by its name or its values: a field's
   *     path, or empty to leave it out; null for a column that has a meaning
   */
  public record Column(
      String name,
      String key,
      @Nullable String field,
      boolean leftOut,
      List<String> examples,
      @Nullable String proposed) {

    private boolean isOpen() {
      return field == null && !leftOut && !name.isBlank();
    }

    private Column proposing(@Nullable String target) {
      return new Column(name, key, field, leftOut, examples, target == null ? "" : target);
    }
  }

  /**
   * Reads a file's header and first rows.
   *
   * @param in the file's bytes, compressed or not; closed in the end
   * @throws InputException if there is no header that can be read
   */
  public static CsvOutline read(Resource resource, InputOptions options, InputStream in)
      throws IOException {
    try (in;
        TextInput text = TextInput.of(in, options.encoding(), options.names())) {
      ForeignFile.refuse(resource, InputFormat.CSV, options.names(), text.head());
      CsvHeader header = CsvHeader.read(resource, options, text);
      boolean data =
          header.present()
              && !new HeaderDetector(resource, header, text.head())
                  .dataColumns(!options.mapping().isEmpty())
                  .isEmpty();
      List<CsvRow> rows = rows(header, text);
      List<List<String>> examples = examples(header, rows);
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < header.names().size(); i++) {
        String name = header.names().get(i);
        String field = mapped(options, header.names(), i);
        String key = ColumnOption.key(header.names(), i);
        columns.add(column(resource, name, key, field, examples.get(i)));
      }
      TitleLine title = TitleLine.of(resource, options, header, text.head());
      return new CsvOutline(
          header.delimiter(),
          header.present(),
          data,
          header.line(),
          title,
          proposed(resource, header, columns, rows));
    }
  }

  private static List<Column> proposed(
      Resource resource, CsvHeader header, List<Column> columns, List<CsvRow> rows) {
    Set<String> taken =
        columns.stream()
            .map(Column::field)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(HashSet::new));
    List<Integer> open =
        IntStream.range(0, columns.size()).filter(i -> columns.get(i).isOpen()).boxed().toList();
    ColumnMatcher matcher =
        new ColumnMatcher(
            resource, header, taken, new FieldNames(resource), PatternLooks.of(resource), rows);
    Map<Integer, String> targets = matcher.targets(open, matcher.patterns(open));
    List<Column> all = new ArrayList<>(columns);
    open.forEach(i -> all.set(i, all.get(i).proposing(targets.get(i))));
    return all;
  }

  private static Column column(
      Resource resource, String name, String key, @Nullable String mapped, List<String> examples) {
    FieldNames names = new FieldNames(resource);
    Field field = names.find(mapped == null ? name : mapped);
    boolean ignored = mapped == null && (name.isBlank() || name.startsWith("_"));
    boolean leftOut = ignored || (mapped != null && mapped.isBlank());
    return new Column(
        name, key, field == null || leftOut ? null : field.path(), leftOut, examples, null);
  }

  private static @Nullable String mapped(InputOptions options, List<String> header, int column) {
    return options.mapping().entrySet().stream()
        .filter(entry -> ColumnOption.columns(header, entry.getKey()).contains(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static List<CsvRow> rows(CsvHeader header, TextInput text) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    CsvReader reader = header.rows(text);
    for (CsvRow row = reader.next(); row != null; row = reader.next()) {
      rows.add(row);
      if (rows.size() == ROWS) {
        break;
      }
    }
    return rows;
  }

  private static List<List<String>> examples(CsvHeader header, List<CsvRow> rows) {
    List<List<String>> examples = new ArrayList<>();
    header.names().forEach(name -> examples.add(new ArrayList<>()));
    for (CsvRow row : rows) {
      for (int cell = 0; cell < Math.min(row.cells().size(), examples.size()); cell++) {
        String value = row.cells().get(cell);
        List<String> known = examples.get(cell);
        if (value != null && !value.isBlank() && known.size() < EXAMPLES) {
          known.add(Excerpt.of(value));
        }
      }
    }
    return examples;
  }
}
