package io.sluice.format;

import io.sluice.catalog.NearestName;
import io.sluice.format.text.Excerpt;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options of the form {@code name=value}, each name once. */
public final class Assignments {
  private Assignments() {}

  /**
   * The fields that columns mean, by column. A column may hold an equals sign; a field does not.
   *
   * @param option what messages call the option
   * @throws IllegalArgumentException if a text has another form, or names a column again
   */
  public static Map<String, String> mapping(String option, List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      add(option, text, text.lastIndexOf('='), pairs);
    }
    return pairs;
  }

  /**
   * The values of fields, by field. A value may hold an equals sign.
   *
   * @param option what messages call the option
   * @throws IllegalArgumentException if a text has another form, or names a field again
   */
  public static Map<String, String> values(String option, List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (String text : texts) {
      add(option, text, text.indexOf('='), pairs);
      String name = text.substring(0, text.indexOf('='));
      if (!names.add(NearestName.canonical(name))) {
        throw twice(option, name);
      }
    }
    return pairs;
  }

  private static void add(String option, String text, int equals, Map<String, String> pairs) {
    if (equals < 1) {
      throw new IllegalArgumentException(
          option + " " + Excerpt.of(text) + ": write it as name=value");
    }
    String name = text.substring(0, equals);
    if (pairs.putIfAbsent(name, text.substring(equals + 1)) != null) {
      throw twice(option, name);
    }
  }

  private static IllegalArgumentException twice(String option, String name) {
    return new IllegalArgumentException(
        option + " names '" + Excerpt.of(name) + "' twice; give it one value");
  }
}
