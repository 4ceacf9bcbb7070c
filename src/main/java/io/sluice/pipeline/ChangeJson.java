package io.sluice.pipeline;

import io.sluice.pipeline.compare.Difference;
import io.sluice.plan.FieldChange;
import io.sluice.plan.RecordDiff;
import io.sluice.plan.Step;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Planned changes and differences as the JSON objects that scripts read. */
public final class ChangeJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ChangeJson() {}

  /** Something that a plan would do; {@code line} is 0 for what no row asks for. */
  public static ObjectNode of(long line, String key, Step step) {
    ObjectNode change = JSON.objectNode();
    if (line > 0) {
      change.put("line", line);
    }
    change.put("key", key);
    if (step instanceof Step.Edit edit) {
      change.put("action", "update").put("id", edit.held().id());
      change.set("fields", fields(edit.changes()));
    } else if (step instanceof Step.Delete delete) {
      change.put("action", "delete").put("id", delete.held().id());
      change.set("fields", fields(delete.values(), "after", "before"));
    } else if (step instanceof Step.Create create) {
      change.put("action", "create");
      change.set("fields", fields(create.body(), "before", "after"));
    }
    return change;
  }

  /** A difference between two sides. */
  public static ObjectNode of(Difference difference) {
    ObjectNode line = JSON.objectNode();
    line.put("resource", difference.resource().slug());
    line.put("change", difference.kind().label());
    line.put("key", difference.key());
    if (difference.id() != null) {
      line.put("id", difference.id());
    }
    RecordDiff diff = difference.diff();
    if (diff instanceof RecordDiff.Created created) {
      line.set("fields", fields(created.values(), "before", "after"));
    } else if (diff instanceof RecordDiff.Deleted deleted) {
      line.set("fields", fields(deleted.values(), "after", "before"));
    } else if (diff instanceof RecordDiff.Changed changed) {
      line.set("fields", fields(changed.changes()));
    } else if (diff instanceof RecordDiff.Bound bound) {
      line.set("fields", fields(bound.changes()));
      line.put("code", bound.code()).put("message", bound.message());
    }
    return line;
  }

  private static ObjectNode fields(ObjectNode values, String empty, String full) {
    ObjectNode fields = JSON.objectNode();
    values.forEachEntry((name, value) -> fields.putObject(name).putNull(empty).set(full, value));
    return fields;
  }

  private static ObjectNode fields(List<FieldChange> changes) {
    ObjectNode fields = JSON.objectNode();
    for (FieldChange change : changes) {
      ObjectNode values = fields.putObject(change.field());
      values.set("before", change.before());
      values.set("after", change.after());
    }
    return fields;
  }
}
