package io.sluice.pipeline.insight;

import io.sluice.catalog.NaturalKey;
import io.sluice.catalog.Resource;
import io.sluice.plan.AccountRecord;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as people and scripts find it again.
 *
 * @param id its id as text; empty if it has none
 * @param key its natural key; its id if it has no key
 */
public record RecordName(Resource resource, String id, String key) {

  /** The name of a record. */
  public static RecordName of(Resource resource, ObjectNode record) {
    String id = AccountRecord.idIn(record);
    return new RecordName(resource, id, NaturalKey.text(resource, record).orElse(id));
  }

  /** The name as an object of three properties. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("resource", resource.slug());
    return node.put("id", id.isEmpty() ? null : id).put("key", key);
  }

  /** The name on one line. */
  @Override
  public String toString() {
    return resource.slug() + " " + key;
  }
}
