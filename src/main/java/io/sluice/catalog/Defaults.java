package io.sluice.catalog;

import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what a new record may leave out because it follows from the rest. */
public final class Defaults {
  private Defaults() {}

  /**
   * Adds to a record, in place, the pattern's type if it is not given at all, what it says under
   * the names of old alone, and the flags that count as false. A pattern with an {@code @} is an
   * address, one that reads as an IP address or CIDR block is that, everything else a domain.
   */
  public static void complete(Resource resource, ObjectNode record) {
    inferType(resource, record);
    for (Field field : resource.fields()) {
      JsonNode former = former(resource, field, record);
      if (former != null) {
        field.put(record, former);
      } else if (field.is(Trait.FALSE_IF_ABSENT) && !record.has(field.path())) {
        record.put(field.path(), false);
      }
    }
  }

  /** What the record says of a field under its old name alone; null if nothing. */
  public static @Nullable JsonNode former(Resource resource, Field field, ObjectNode record) {
    if (!field.writable() || field.in(record) != null) {
      return null;
    }
    JsonNode former = resource.predecessor(field).map(old -> old.in(record)).orElse(null);
    return former == null || former.isNull() ? null : former;
  }

  /** The record as {@link #complete} makes it: a copy, unless nothing is missing. */
  public static ObjectNode completed(Resource resource, ObjectNode record) {
    if (isComplete(resource, record)) {
      return record;
    }
    ObjectNode whole = record.deepCopy();
    complete(resource, whole);
    return whole;
  }

  private static boolean isComplete(Resource resource, ObjectNode record) {
    for (Field field : resource.fields()) {
      if ((field.is(Trait.FALSE_IF_ABSENT) && !record.has(field.path()))
          || former(resource, field, record) != null) {
        return false;
      }
    }
    Rule.Pattern pattern = resource.pattern();
    return pattern == null || pattern.typeField() == null || record.has(pattern.typeField());
  }

  /** Adds the pattern's type alone, which a record needs to have a key. */
  public static void inferType(Resource resource, ObjectNode record) {
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null && pattern.typeField() != null) {
      JsonNode text = record.get(pattern.field());
      if (text != null && text.isString() && !record.has(pattern.typeField())) {
        record.put(pattern.typeField(), typeOf(text.stringValue()).name());
      }
    }
  }

  private static PatternType typeOf(String pattern) {
    if (pattern.indexOf('@') >= 0) {
      return PatternType.EMAIL;
    }
    return PatternSyntax.cidr(pattern) == null ? PatternType.IP : PatternType.DOMAIN;
  }
}
