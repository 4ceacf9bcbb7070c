package io.sluice.plan;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes whole records: what is sent to the API, and what is compared. */
final class Bodies {
  private Bodies() {}

  /** A new record: what the row says of the fields that can be written, whole. */
  static ObjectNode create(Resource resource, ObjectNode row, Origin origin) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (Field field : resource.fields()) {
      JsonNode value = Differences.said(resource, field, row, origin);
      if (value != null && (!value.isNull() || field.nullable())) {
        field.put(body, Values.spelled(field.type(), value));
      }
    }
    Defaults.complete(resource, body);
    return body;
  }

  /**
   * The record with the empty value of every writable field that it lacks: false for a flag, null
   * where null may be sent. Other fields have none: a record that lacks them says nothing of them.
   *
   * @param other what it is compared with; where that holds null for a flag, which can be read and
   *     never sent, both hold nothing
   */
  static ObjectNode withDefaults(Resource resource, ObjectNode record, ObjectNode other) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.setAll(record);
    for (Field field : resource.fields()) {
      if (field.writable() && Values.in(resource, field, record) == null) {
        JsonNode held = Values.in(resource, field, other);
        if (field.nullable()) {
          field.put(whole, NullNode.getInstance());
        } else if (field.type() instanceof Flag && (held == null || !held.isNull())) {
          field.put(whole, JsonNodeFactory.instance.booleanNode(false));
        }
      }
    }
    return whole;
  }
}
