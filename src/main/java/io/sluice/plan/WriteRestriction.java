package io.sluice.plan;

import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.Trait;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why nobody may write a value that can be read, or a record that is there. It is no fault of the
 * row.
 *
 * @param code a short stable name of the reason
 * @param message the reason for people
 */
record WriteRestriction(String code, String message) {
  static final String DIRECTORY_SYNCED = "directory_synced";
  static final String NOT_WRITABLE = "not_writable";

  /** What keeps the record as it is; null if it may be edited and deleted. */
  static @Nullable WriteRestriction around(Resource resource, ObjectNode held) {
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.KeptElsewhere kept && keptElsewhere(kept, held.get(kept.field()))) {
        String message = kept.field() + ": " + kept.reason() + ", and changed only there";
        return new WriteRestriction(DIRECTORY_SYNCED, message);
      }
    }
    return null;
  }

  /** The first of the changes that cannot be made; null if all can. */
  static @Nullable WriteRestriction before(Resource resource, List<FieldChange> changes) {
    for (FieldChange change : changes) {
      Field field = resource.field(change.field()).orElse(null);
      WriteRestriction restriction = field == null ? null : before(resource, field, change.after());
      if (restriction != null) {
        return restriction;
      }
    }
    return null;
  }

  /** The first value of a new record that cannot be sent; null if all can. */
  static @Nullable WriteRestriction before(Resource resource, ObjectNode body) {
    for (Field field : resource.fields()) {
      JsonNode value = field.in(body);
      WriteRestriction restriction = value == null ? null : before(resource, field, value);
      if (restriction != null) {
        return restriction;
      }
    }
    return null;
  }

  /** What keeps a record that no row names from being deleted; null if it could be made again. */
  static @Nullable WriteRestriction gone(Resource resource, ObjectNode held) {
    WriteRestriction restriction = before(resource, held);
    return restriction == null || !restriction.code().equals(NOT_WRITABLE)
        ? null
        : new WriteRestriction(
            NOT_WRITABLE, restriction.message() + ", so it could not be made again");
  }

  /** The same for a row that would also make other changes, which are not made without it. */
  WriteRestriction beside(Resource resource, List<FieldChange> changes) {
    String others =
        changes.stream()
            .filter(change -> before(resource, List.of(change)) == null)
            .map(FieldChange::field)
            .collect(Collectors.joining(", "));
    return others.isEmpty()
        ? this
        : new WriteRestriction(code, message + "; not changed without it: " + others);
  }

  /** The reason if the fault is one; null if the row itself is at fault. */
  static @Nullable WriteRestriction of(Resource resource, Fault fault, ObjectNode row) {
    Field field = resource.field(fault.field()).orElse(null);
    JsonNode value = field == null ? null : field.in(row);
    return field == null || value == null || (value.isNull() && !field.is(Trait.NULL_READ))
        ? null
        : before(resource, field, value);
  }

  private static @Nullable WriteRestriction before(Resource resource, Field field, JsonNode value) {
    if (value.isNull()) {
      return field.nullable()
          ? null
          : new WriteRestriction(
              "null_not_writable",
              field.path() + ": the row says null, which can be read but never sent");
    }
    if (field.type() instanceof Choice choice && value.isString()) {
      String readable = choice.reads(value.stringValue());
      if (readable != null) {
        String message = field.path() + ": " + readable + " may be read but never written";
        return new WriteRestriction(NOT_WRITABLE, message);
      }
    }
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.KeptElsewhere kept
          && kept.field().equals(field.path())
          && keptElsewhere(kept, value)) {
        String message = field.path() + ": " + kept.reason() + ", may be read but never written";
        return new WriteRestriction(NOT_WRITABLE, message);
      }
    }
    return null;
  }

  private static boolean keptElsewhere(Rule.KeptElsewhere kept, @Nullable JsonNode owner) {
    return owner != null
        && !owner.isNull()
        && !(owner.isString() && owner.stringValue().equalsIgnoreCase(kept.writable()));
  }
}
