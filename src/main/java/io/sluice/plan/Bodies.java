package io.sluice.plan;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes what is sent to the API. */
final class Bodies {
  private Bodies() {}

  /** A new record: what the row says of the fields that can be written, whole. */
  static ObjectNode create(Resource resource, ObjectNode row, Origin origin) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (Field field : resource.fields()) {
      JsonNode value = Differences.said(resource, field, row, origin);
      if (value != null && (!value.isNull() || field.nullable())) {
        Values.put(body, field, Values.spelled(field.type(), value));
      }
    }
    Defaults.complete(resource, body);
    return body;
  }

  /** The changed fields alone. */
  static ObjectNode edit(Resource resource, List<FieldChange> changes) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    for (FieldChange change : changes) {
      resource.field(change.field()).ifPresent(field -> Values.put(body, field, change.after()));
    }
    return body;
  }
}
