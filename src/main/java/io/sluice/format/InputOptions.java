package io.sluice.format;

import io.sluice.catalog.Resource;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
 */
public record InputOptions(
    InputFormat format,
    Charset encoding,
    Map<String, String> mapping,
    Map<String, String> fixed,
    boolean normalize) {

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
  }

  /** The same for rows whose patterns are left as they are written. */
  public InputOptions(
      InputFormat format,
      Charset encoding,
      Map<String, String> mapping,
      Map<String, String> fixed) {
    this(format, encoding, mapping, fixed, false);
  }

  /** The same with patterns rewritten. */
  public InputOptions normalized() {
    return new InputOptions(format, encoding, mapping, fixed, true);
  }

  /** UTF-8, nothing mapped, nothing fixed, nothing rewritten. */
  public static InputOptions of(InputFormat format) {
    return new InputOptions(format, StandardCharsets.UTF_8, Map.of(), Map.of());
  }
}
