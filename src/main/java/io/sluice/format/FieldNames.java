package io.sluice.format;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.NearestName;
import io.sluice.catalog.Resource;
import io.sluice.format.text.Excerpt;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of a resource by the names that people give them: paths and aliases, whatever
 * their case, spaces, underscores and dashes.
 */
public final class FieldNames {
  /** The share of letters beyond which a name is another one. */
  public static final double NEAR = 0.4;

  private final Resource resource;
  private final Map<String, Field> byName = new HashMap<>();

  public FieldNames(Resource resource) {
    this.resource = resource;
    for (Field field : resource.fields()) {
      byName.put(NearestName.canonical(field.path()), field);
    }
    for (Field field : resource.fields()) {
      for (String alias : field.aliases()) {
        byName.putIfAbsent(NearestName.canonical(alias), field);
      }
    }
    CommentTag.expires(resource)
        .ifPresent(expires -> byName.putIfAbsent(NearestName.canonical(expires.path()), expires));
  }

  /** The field that goes by that name, or null. */
  @Nullable
  public Field find(String name) {
    return byName.get(NearestName.canonical(name));
  }

  /** The writable field whose name, or one of whose names, is most like that name. */
  public Field nearest(String name) {
    Field nearest = resource.fields().get(0);
    double least = Double.MAX_VALUE;
    for (Field field : resource.fields()) {
      double distance = distance(name, field);
      if (distance < least && field.writable()) {
        nearest = field;
        least = distance;
      }
    }
    return nearest;
  }

  /** Which field the name may be a slip for, as the end of a sentence; empty if none is near. */
  public String slip(String name) {
    Field nearest = nearest(name);
    return distance(name, nearest) <= NEAR ? "the nearest is '" + nearest.path() + "'" : "";
  }

  /** How unlike the name is to the field's names, from 0 for the same to 1. */
  public static double distance(String name, Field field) {
    double distance = NearestName.distance(name, field.path());
    for (String alias : field.aliases()) {
      distance = Math.min(distance, NearestName.distance(name, alias));
    }
    return distance;
  }

  /**
   * The field that an option names.
   *
   * @throws InputException naming the nearest, if there is none
   */
  public Field named(String option, String name) throws InputException {
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
}
