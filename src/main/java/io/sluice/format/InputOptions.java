package io.sluice.format;

import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.format.csv.Dialect;
import io.sluice.format.text.Excerpt;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to read an input file.
 *
 * @param format how its rows are written
 * @param encoding its encoding; with UTF-8 a byte order mark of UTF-16 is honoured, any other
 *     encoding holds whatever the file begins with
 * @param mapping the field that a column of the file means, by column; an empty field leaves the
 *     column out
 * @param fixed values in the manner of CSV cells, by field, for rows that do not give the field
 * @param normalize whether patterns that are written in another form are rewritten; not by a
 *     reader, but by whoever checks the rows
 * @param header whether a CSV file begins with the names of its columns
 * @param headerLine the physical line with the names of a CSV file's columns, those above it being
 *     skipped; 0 for the first that is no comment
 * @param dialect how the cells of a CSV file are written
 */
public record InputOptions(
    InputFormat format,
    Charset encoding,
    Map<String, String> mapping,
    Map<String, String> fixed,
    boolean normalize,
    Header header,
    int headerLine,
    Dialect dialect,
    OptionNames names) {

  /** The first row of a CSV file. */
  public enum Header {
    /** The columns' names; a row that looks like data is refused. */
    EXPECTED,
    /** The columns' names, whatever they look like. */
    PRESENT,
    /** A row like all others; the columns are numbered from 1. */
    ABSENT;

    /** What a yes, a no or neither means. */
    public static Header of(@Nullable Boolean present) {
      return present == null ? EXPECTED : present ? PRESENT : ABSENT;
    }
  }

  /** Keeps copies of the maps, in their order. */
  public InputOptions {
    mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
    fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
  }

  /**
   * Checks that the fields which the options name are fields of the resource.
   *
   * @param map what messages call the option that maps columns
   * @param set what messages call the option that fills fields
   * @throws IllegalArgumentException naming the nearest field, if one is unknown, or what is wrong
   *     with a value
   */
  public void requireFields(Resource resource, String map, String set) {
    FieldNames names = new FieldNames(resource);
    try {
      for (Map.Entry<String, String> column : mapping.entrySet()) {
        if (!column.getValue().isBlank()) {
          names.named(map + " " + Excerpt.of(column.getKey()), column.getValue());
        }
      }
      FixedValues.of(resource, fixed, set);
    } catch (InputException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
    for (Rule rule : resource.rules()) {
      if (normalize
          && rule instanceof Rule.Expression expression
          && resource.key().contains(expression.field())) {
        throw new IllegalArgumentException(
            "normalize has no effect on "
                + resource.slug()
                + ", whose patterns are regular expressions: leave it out");
      }
    }
  }

  /** For CSV files that begin with a header, as they should. */
  public InputOptions(
      InputFormat format,
      Charset encoding,
      Map<String, String> mapping,
      Map<String, String> fixed,
      boolean normalize) {
    this(
        format,
        encoding,
        mapping,
        fixed,
        normalize,
        Header.EXPECTED,
        0,
        Dialect.STANDARD,
        OptionNames.COMMAND_LINE);
  }

  /**
   * The same for a file with that first row.
   *
   * @throws IllegalArgumentException if only CSV files have one
   */
  public InputOptions with(Header first) {
    if (first != Header.EXPECTED && format != InputFormat.CSV) {
      throw new IllegalArgumentException(
          "only a CSV file can have a header row: leave the option out");
    }
    return new InputOptions(
        format, encoding, mapping, fixed, normalize, first, headerLine, dialect, names);
  }

  /**
   * The same for a file that names its columns in that line.
   *
   * @param line from 1; null for the first line that is no comment
   * @throws IllegalArgumentException if there can be no such line
   */
  public InputOptions withHeaderLine(@Nullable Integer line) {
    if (line == null) {
      return this;
    } else if (line < 1) {
      throw new IllegalArgumentException(
          names.of("header-line") + " is the number of a line, from 1, not " + line);
    } else if (format != InputFormat.CSV) {
      throw new IllegalArgumentException(
          "only a CSV file can have a header row: leave the option out");
    } else if (header == Header.ABSENT) {
      throw new IllegalArgumentException(
          names.of("header-line")
              + " and "
              + names.switched("header", false)
              + " say opposite things: give one of them");
    }
    return new InputOptions(
        format, encoding, mapping, fixed, normalize, header, line, dialect, names);
  }

  /**
   * The same for a file whose cells are written like that.
   *
   * @throws IllegalArgumentException if only CSV files have cells
   */
  public InputOptions with(Dialect cells) {
    if (format != InputFormat.CSV && !cells.equals(Dialect.STANDARD)) {
      throw new IllegalArgumentException(
          "only a CSV file has a delimiter and quotes: leave the option out");
    }
    return new InputOptions(
        format, encoding, mapping, fixed, normalize, header, headerLine, cells, names);
  }

  /** The same, with those names of the options. */
  public InputOptions with(OptionNames called) {
    return new InputOptions(
        format, encoding, mapping, fixed, normalize, header, headerLine, dialect, called);
  }

  /** UTF-8, nothing mapped, nothing fixed, nothing rewritten. */
  public static InputOptions of(InputFormat format) {
    return new InputOptions(format, StandardCharsets.UTF_8, Map.of(), Map.of(), false);
  }
}
