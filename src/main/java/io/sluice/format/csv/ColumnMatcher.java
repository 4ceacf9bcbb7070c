package io.sluice.format.csv;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.PatternLooks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Matches columns that are no fields with fields: the column that holds the patterns by its values
 * in the first rows, others by their names.
 */
final class ColumnMatcher {
  private static final int ROWS = 20;

  /** Words in the names of columns of remarks, English, German, French and Spanish. */
  private static final Set<String> REMARKS =
      Set.of(
          "note",
          "notes",
          "comment",
          "comments",
          "remark",
          "remarks",
          "description",
          "reason",
          "bemerkung",
          "grund",
          "kommentar",
          "notiz",
          "beschreibung",
          "commentaire",
          "remarque",
          "raison",
          "motif",
          "comentario",
          "comentarios",
          "kommentare",
          "bemerkungen",
          "commentaires",
          "motivo",
          "nota");

  /** Parts of names of columns that say when a row ends, in the same languages. */
  private static final Pattern END =
      Pattern.compile("expir|ablauf|g\u00fcltig bis|valid until|caduc|vencim", CASE_INSENSITIVE);

  private final Resource resource;
  private final List<String> header;
  private final boolean named;
  private final Set<String> taken;
  private final FieldNames names;
  private final PatternLooks looks;
  private final List<CsvRow> rows;

  /**
   * @param taken the paths of the fields that columns are known to mean
   * @param rows the first rows, see {@link #first}
   */
  ColumnMatcher(
      Resource resource,
      CsvHeader header,
      Set<String> taken,
      FieldNames names,
      PatternLooks looks,
      List<CsvRow> rows) {
    this.resource = resource;
    this.header = header.names();
    this.named = header.present();
    this.taken = taken;
    this.names = names;
    this.looks = looks;
    this.rows = rows;
  }

  List<CsvRow> rows() {
    return rows;
  }

  /** A field for each of the columns, no field twice; empty to leave the column out. */
  Map<Integer, String> targets(List<Integer> unknown, @Nullable Integer patterns) {
    Map<Integer, String> targets = new TreeMap<>();
    Set<String> used = new HashSet<>(taken);
    if (patterns != null) {
      targets.put(patterns, String.valueOf(looks.field()));
      used.add(String.valueOf(looks.field()));
    }
    for (Integer column : unknown) {
      String name = header.get(column);
      Field nearest = names.nearest(name);
      boolean near =
          named && FieldNames.distance(name, nearest) <= FieldNames.NEAR && suits(column, nearest);
      String end = near ? "" : end(name);
      String field = near ? nearest.path() : end.isEmpty() ? remarks(name) : end;
      if (!targets.containsKey(column)) {
        targets.put(column, !field.isEmpty() && used.add(field) ? field : "");
      }
    }
    return targets;
  }

  /** The column for the end of a record, if the name says that it holds it; else empty. */
  private String end(String name) {
    boolean says = named && END.matcher(name).find();
    return says ? CommentTag.expires(resource).map(Field::path).orElse("") : "";
  }

  /** The field for remarks, if the name of the column says that it holds them; else empty. */
  private String remarks(String name) {
    boolean says =
        named
            && Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
                .anyMatch(REMARKS::contains);
    return says ? resource.comment().map(Field::path).orElse("") : "";
  }

  /** True if the field can hold the column's first values. */
  private boolean suits(int column, Field field) {
    return values(column).stream()
        .noneMatch(value -> CellValue.of(field.type(), value) instanceof CellValue.Wrong);
  }

  /** The column with the largest share of values that look like patterns; null if none has half. */
  @Nullable Integer patterns(List<Integer> unknown) {
    if (looks.field() == null || taken.contains(looks.field())) {
      return null;
    }
    Integer plain = most(unknown, looks::fits);
    return plain == null ? most(unknown, looks::becomes) : plain;
  }

  private @Nullable Integer most(List<Integer> unknown, Predicate<String> fits) {
    Integer best = null;
    double most = 0.5;
    for (Integer column : unknown) {
      List<String> values = values(column);
      double count = values.stream().filter(fits).count();
      double share = values.isEmpty() ? 0 : count / values.size();
      if (share > most || (share == most && best == null)) {
        best = column;
        most = share;
      }
    }
    return best;
  }

  String example(int column) {
    List<String> values = values(column);
    return values.stream()
        .filter(looks::fits)
        .findFirst()
        .or(() -> values.stream().filter(looks::becomes).findFirst())
        .orElse("");
  }

  List<String> values(int column) {
    List<String> values = new ArrayList<>();
    for (CsvRow row : rows) {
      String cell = column < row.cells().size() ? row.cells().get(column) : null;
      if (cell != null && !cell.isBlank()) {
        values.add(cell);
      }
    }
    return values;
  }

  /**
   * The first rows; what follows them is not read.
   *
   * @throws IOException if they cannot be read, because of another encoding for one: nothing can be
   *     said of columns whose values are not known
   */
  static List<CsvRow> first(CsvReader reader) throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    for (CsvRow row = reader.next(); row != null; row = reader.next()) {
      rows.add(row);
      if (rows.size() == ROWS) {
        break;
      }
    }
    return rows;
  }
}
