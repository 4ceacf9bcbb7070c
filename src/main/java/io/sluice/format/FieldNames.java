package io.sluice.format;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a resource by the names that people give them: paths and aliases, whatever
 * their case, spaces, underscores and dashes.
 */
final class FieldNames {
  private static final int COMPARED = 100;

  private final Resource resource;
  private final Map<String, Field> byName = new HashMap<>();

  FieldNames(Resource resource) {
    this.resource = resource;
    for (Field field : resource.fields()) {
      byName.put(canonical(field.path()), field);
    }
    for (Field field : resource.fields()) {
      for (String alias : field.aliases()) {
        byName.putIfAbsent(canonical(alias), field);
      }
    }
  }

  /** The field that goes by that name, or null. */
  @Nullable Field find(String name) {
    return byName.get(canonical(name));
  }

  /** The field whose name, or one of whose names, takes the fewest edits to become that name. */
  Field nearest(String name) {
    String canonical = canonical(name);
    String compared = canonical.substring(0, Math.min(COMPARED, canonical.length()));
    Field nearest = resource.fields().get(0);
    int least = Integer.MAX_VALUE;
    for (Field field : resource.fields()) {
      int distance = EditDistance.between(compared, canonical(field.path()));
      for (String alias : field.aliases()) {
        distance = Math.min(distance, EditDistance.between(compared, canonical(alias)));
      }
      if (distance < least) {
        nearest = field;
        least = distance;
      }
    }
    return nearest;
  }

  /**
   * The field that an option names.
   *
   * @throws InputException naming the nearest, if there is none
   */
  Field named(String option, String name) throws InputException {
    Field field = find(name);
    if (field == null) {
      throw new InputException(
          0,
          option
              + ": "
              + resource.slug()
              + " has no field '"
              + Excerpt.of(name)
              + "'; the nearest is '"
              + nearest(name).path()
              + "'");
    }
    return field;
  }

  /** The name without what is not compared. */
  static String canonical(String name) {
    StringBuilder canonical = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '-' && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
        canonical.append(c);
      }
    }
    return canonical.toString().toLowerCase(Locale.ROOT);
  }
}
