package io.sluice.pipeline.insight.history;

import io.sluice.pipeline.ChangeJson;
import io.sluice.pipeline.compare.Difference;
import io.sluice.pipeline.compare.Difference.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that is not in the later of two snapshots as it is in the earlier one.
 *
 * @param from the name of the earlier snapshot
 * @param to the name of the later one
 * @param difference what differs
 */
public record Change(String from, String to, Difference difference) {

  /**
   * The outcome of the record; never that it cannot travel, as it does not matter who can make that
   * happen.
   */
  public Kind kind() {
    return switch (difference.place()) {
      case FIRST -> Kind.DELETED;
      case SECOND -> Kind.CREATED;
      case BOTH -> Kind.CHANGED;
    };
  }

  /** The change as scripts read it. */
  public ObjectNode json() {
    ObjectNode whole = ChangeJson.of(difference);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("from", from).put("to", to).put("resource", difference.resource().slug());
    node.put("change", kind().label()).put("key", difference.key());
    JsonNode fields = whole.get("fields");
    node.set("fields", fields == null ? JsonNodeFactory.instance.objectNode() : fields);
    return node;
  }
}
