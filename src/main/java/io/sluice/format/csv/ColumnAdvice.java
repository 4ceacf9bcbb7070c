package io.sluice.format.csv;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.format.FieldNames;
import io.sluice.format.OpposedRows;
import io.sluice.format.OptionNames;
import io.sluice.format.PatternLooks;
import io.sluice.format.text.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Advice about columns that are no fields, in words and as options to copy. */
final class ColumnAdvice {
  private static final int NAMED = 5;
  private static final int MOST_OPTIONS = 40;

  private final Resource resource;
  private final OptionNames options;
  private final List<String> header;
  private final boolean named;
  private final Set<String> taken;
  private final FieldNames names;
  private final PatternLooks looks;
  private final OpposedRows opposed;
  private final ColumnMatcher matcher;

  /**
   * Reads the first rows; what follows them is not read.
   *
   * @param options what the advice calls the options
   * @param taken the paths of the fields that columns are known to mean
   * @throws IOException if they cannot be read
   */
  ColumnAdvice(
      Resource resource, OptionNames options, CsvHeader header, Set<String> taken, CsvReader rows)
      throws IOException {
    this.resource = resource;
    this.options = options;
    this.header = header.names();
    this.named = header.present();
    this.taken = taken;
    this.names = new FieldNames(resource);
    this.looks = PatternLooks.of(resource);
    this.opposed = new OpposedRows(resource);
    this.matcher =
        new ColumnMatcher(resource, header, taken, names, looks, ColumnMatcher.first(rows));
  }

  /** Advice about a header in which no column is a field. */
  String ofNone() {
    String below = headerBelow();
    if (below != null) {
      return below;
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!header.get(i).isBlank() && !header.get(i).startsWith("_")) {
        all.add(i);
      }
    }
    if (matcher.patterns(all) != null || !named) {
      return of(all);
    }
    String none =
        "no field of " + resource.slug() + " is among the columns " + Excerpt.quoted(header);
    boolean pipe = header.size() == 1 && header.get(0).indexOf(PipeDetector.PIPE) > 0;
    return noHeader(none)
        + "; if these are the names, say what they mean: "
        + options.map("COLUMN", "FIELD")
        + (pipe ? "; if '|' parts the cells, say " + options.with("delimiter", "pipe") : "");
  }

  /** Advice about these columns. */
  String of(List<Integer> unknown) {
    String refusal = opposition(unknown);
    return KnownTool.preface(header) + (refusal == null ? advice(unknown) : refusal);
  }

  /** Nothing is proposed for a file that holds what the list must not; null if it does not. */
  private @Nullable String opposition(List<Integer> unknown) {
    for (int column : unknown) {
      String name = header.get(column);
      Set<String> values = new LinkedHashSet<>(matcher.values(column));
      if (opposed.decides(name) && values.stream().anyMatch(opposed::areIn)) {
        return "the column "
            + Excerpt.quoted(name)
            + " says "
            + Excerpt.quoted(List.copyOf(values))
            + ", and "
            + opposed.effect()
            + ": take the rows out of the file that do the opposite, and read the rest";
      } else if (opposed.areIn(name)) {
        return "the column "
            + Excerpt.quoted(name)
            + " reads like the opposite of this list, and "
            + opposed.effect()
            + ": read a file that holds such rows alone, without that column";
      }
    }
    return null;
  }

  /** Points to the header that stands below a title; null if none of the first rows is one. */
  private @Nullable String headerBelow() {
    for (CsvRow row : matcher.rows()) {
      List<String> cells = row.cells().stream().filter(Objects::nonNull).toList();
      boolean key =
          !looks.anyFits(cells)
              && cells.stream()
                  .map(names::find)
                  .anyMatch(field -> field != null && resource.key().contains(field.path()));
      if (key) {
        return "the header is in line "
            + row.line()
            + ", below other text: read it there with "
            + options.with("header-line", String.valueOf(row.line()));
      }
    }
    return null;
  }

  private String advice(List<Integer> unknown) {
    Integer patterns = matcher.patterns(unknown);
    Map<Integer, String> targets = matcher.targets(unknown, patterns);
    String advice =
        unknown.stream()
            .limit(NAMED)
            .map(column -> sentence(column, targets.getOrDefault(column, ""), patterns))
            .collect(Collectors.joining("; "));
    if (unknown.size() > NAMED) {
      int more = unknown.size() - NAMED;
      advice +=
          "; " + (more == 1 ? "1 more column is no field" : more + " more columns are no fields");
    }
    int id = idColumn();
    if (patterns != null && id >= 0) {
      targets.put(id, "");
      advice += "; the ids of another product are left out";
    }
    advice += nameless(targets) + free(unknown, targets);
    boolean normalize = patterns != null && !looks.fits(matcher.example(patterns));
    return targets.size() == 1 ? advice : advice + ". All at once: " + together(targets, normalize);
  }

  /**
   * A column with values and no name would make its rows invalid, once the others are understood.
   */
  private String nameless(Map<Integer, String> targets) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).isBlank() && !targets.containsKey(i) && !matcher.values(i).isEmpty()) {
        targets.put(i, "");
        numbers.add(String.valueOf(i + 1));
      }
    }
    return numbers.isEmpty()
        ? ""
        : "; without a name, and left out by number: column " + String.join(", ", numbers);
  }

  /** The fields that a column which is left out may mean, since its name does not say it. */
  private String free(List<Integer> unknown, Map<Integer, String> targets) {
    boolean leftOut =
        unknown.stream()
            .anyMatch(
                column ->
                    targets.getOrDefault(column, "").isEmpty()
                        && !matcher.values(column).isEmpty());
    List<String> fields =
        resource.fields().stream()
            .filter(Field::writable)
            .map(Field::path)
            .filter(path -> !taken.contains(path) && !targets.containsValue(path))
            .toList();
    return leftOut && !fields.isEmpty()
        ? "; fields that no column gives: " + String.join(", ", fields)
        : "";
  }

  private String together(Map<Integer, String> targets, boolean normalize) {
    List<String> all = new ArrayList<>();
    targets.entrySet().stream()
        .limit(MOST_OPTIONS)
        .map(entry -> ColumnOption.of(options, header, entry.getKey(), entry.getValue()))
        .forEach(all::add);
    if (normalize) {
      all.add(options.switched("normalize", true));
    }
    String together = String.join(options.joiner(), all);
    return targets.size() <= MOST_OPTIONS
        ? together
        : together + " and so on for " + (targets.size() - MOST_OPTIONS) + " more";
  }

  private String sentence(int column, String target, @Nullable Integer patterns) {
    String name = Excerpt.quoted(header.get(column));
    if (patterns != null && patterns == column) {
      return ofPatterns(column, target);
    }
    String leftOut = ColumnOption.of(options, header, column, "") + " to leave it out";
    if (!named) {
      return "column "
          + header.get(column)
          + " has no field ('"
          + Excerpt.of(matcher.values(column).stream().findFirst().orElse(""), 40)
          + "'): say "
          + options.map(header.get(column), "FIELD")
          + ", or "
          + leftOut;
    }
    String slip = names.slip(header.get(column));
    String unknown =
        "the column "
            + name
            + " is no field of "
            + resource.slug()
            + (slip.isEmpty() ? ": say " : " (" + slip + "): say ");
    return target.isEmpty()
        ? unknown + leftOut
        : unknown + ColumnOption.of(options, header, column, target) + ", or " + leftOut;
  }

  private String ofPatterns(int column, String target) {
    String example = matcher.example(column);
    boolean plain = looks.fits(example);
    return "the values of the column "
        + Excerpt.quoted(header.get(column))
        + (plain ? " look like patterns ('" : " are URLs or the like ('")
        + Excerpt.of(example, 40)
        + "'): say "
        + ColumnOption.of(options, header, column, target)
        + (plain
            ? ""
            : " with "
                + options.switched("normalize", true)
                + ", which makes "
                + looks.host(example)
                + " of it");
  }

  private int idColumn() {
    for (int i = 0; i < header.size(); i++) {
      Field field = names.find(header.get(i));
      if (field != null && field.path().equals("id") && taken.contains("id")) {
        return i;
      }
    }
    return -1;
  }

  private String noHeader(String what) {
    String fields =
        resource.fields().stream()
            .map(Field::path)
            .filter(resource.key()::contains)
            .collect(Collectors.joining(","));
    return what
        + "; a CSV file begins with a header row of field names, such as '"
        + fields
        + "': put one above the data, or read a file with one pattern a line with "
        + options.with("format", "list");
  }
}
