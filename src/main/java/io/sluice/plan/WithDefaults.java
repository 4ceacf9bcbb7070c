package io.sluice.plan;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Records that leave nothing out, so that what one lacks and another has is seen. */
final class WithDefaults {
  private WithDefaults() {}

  /**
   * The record with the empty value of every writable field that it lacks: false for a flag, null
   * where null may be sent. Other fields have none: a record that lacks them says nothing of them.
   *
   * @param other what it is compared with; where that holds null for a flag, which can be read and
   *     never sent, both hold nothing
   */
  static ObjectNode of(Resource resource, ObjectNode record, ObjectNode other) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.setAll(record);
    for (Field field : resource.fields()) {
      if (field.writable() && Values.in(resource, field, record) == null) {
        JsonNode held = Values.in(resource, field, other);
        if (field.nullable()) {
          Values.put(whole, field, NullNode.getInstance());
        } else if (field.type() instanceof Flag && (held == null || !held.isNull())) {
          Values.put(whole, field, JsonNodeFactory.instance.booleanNode(false));
        }
      }
    }
    return whole;
  }
}
