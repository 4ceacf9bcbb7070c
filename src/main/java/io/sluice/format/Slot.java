package io.sluice.format;

import io.sluice.catalog.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The place of a field in a record: on top, or inside one nested object. */
public record Slot(Field field, @Nullable String parent, String name) {

  public static Slot of(Field field) {
    int dot = field.path().indexOf('.');
    return dot < 0
        ? new Slot(field, null, field.path())
        : new Slot(field, field.path().substring(0, dot), field.path().substring(dot + 1));
  }

  /** True if the record says anything here; a null, the parent's too, is something. */
  public boolean isGiven(ObjectNode record) {
    JsonNode holder = parent == null ? record : record.get(parent);
    return holder != null && (!holder.isObject() || holder.has(name));
  }
}
