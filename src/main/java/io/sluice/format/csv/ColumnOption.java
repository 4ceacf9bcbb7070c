package io.sluice.format.csv;

import io.sluice.catalog.NearestName;
import io.sluice.format.OptionNames;
import io.sluice.format.text.Excerpt;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The option that says what a column means, by the column's name or by its number. */
final class ColumnOption {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern AWKWARD = Pattern.compile("[=\"$`\\\\!]");

  private ColumnOption() {}

  /**
   * The positions, from 0, of the columns that the option means: those of exactly that name, else
   * those whose name is the same but for case, blanks, dashes and underscores, else the one of that
   * number.
   */
  static Set<Integer> columns(List<String> header, String column) {
    Set<Integer> exactly = new TreeSet<>();
    Set<Integer> roughly = new TreeSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (name.equals(column)) {
        exactly.add(i);
      } else if (NearestName.canonical(name).equals(NearestName.canonical(column))) {
        roughly.add(i);
      }
    }
    if (!exactly.isEmpty() || !roughly.isEmpty()) {
      return exactly.isEmpty() ? roughly : exactly;
    }
    int number = NUMBER.matcher(column).matches() ? Integer.parseInt(column) : 0;
    // What an import adds behind the input's own columns is none of them, whatever their number.
    return number > 0 && number <= header.size() && !header.get(number - 1).startsWith("_")
        ? Set.of(number - 1)
        : Set.of();
  }

  /** True if a column has that name, exactly or roughly. */
  static boolean named(List<String> header, String column) {
    return header.stream()
        .anyMatch(name -> NearestName.canonical(name).equals(NearestName.canonical(column)));
  }

  /** The option for one column and no other: by its name where that does, else by its number. */
  static String of(OptionNames names, List<String> header, int column, String field) {
    Set<Integer> only = Set.of(column);
    String name = header.get(column);
    String number = String.valueOf(column + 1);
    if (isPlain(name) && columns(header, name).equals(only)) {
      return names.map(name, field);
    }
    return columns(header, number).equals(only)
        ? names.map(number, field)
        : "(give column " + number + " another name in the file)";
  }

  /**
   * What names that column in a mapping and no other: its name where that does, else its number;
   * empty if another column has that for its name.
   */
  static String key(List<String> header, int column) {
    Set<Integer> only = Set.of(column);
    String name = header.get(column);
    String number = String.valueOf(column + 1);
    if (!name.isBlank() && columns(header, name).equals(only)) {
      return name;
    }
    return columns(header, number).equals(only) ? number : "";
  }

  /**
   * True if the name comes through a shell's double quotes, the option's {@code =} and us, and is
   * not taken for an option.
   */
  private static boolean isPlain(String name) {
    return !name.isBlank()
        && !name.startsWith("-")
        && Excerpt.of(name).equals(name)
        && !AWKWARD.matcher(name).find();
  }
}
