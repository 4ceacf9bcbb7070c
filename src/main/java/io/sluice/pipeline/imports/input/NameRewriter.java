package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.catalog.pattern.FreeName;
import io.sluice.format.InputRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes invisible characters out of names that tell records apart. */
final class NameRewriter {
  private final List<Field> fields;
  private final Map<String, String> columns;

  NameRewriter(Resource resource, Map<String, String> columns) {
    this.fields = resource.fields().stream().filter(resource::isName).toList();
    this.columns = columns;
  }

  /** The treatment of the row's names; null if they stay as they are. */
  @Nullable Rewritten rewritten(InputRow row) {
    Rewritten all = null;
    for (Field field : fields) {
      JsonNode name = field.in(row.record());
      String written = name != null && name.isString() ? name.stringValue() : "";
      String cleaned = FreeName.cleaned(written);
      if (!cleaned.equals(written)) {
        String column = columns.getOrDefault(field.path(), field.path());
        String forms = "a name with invisible characters";
        Rewritten one =
            new Rewritten(row.row(), row.line(), column, written, cleaned, forms, false);
        all = all == null ? one : all.and(one);
      }
    }
    return all;
  }

  /** The row with its names so. */
  InputRow cleaned(InputRow row) {
    ObjectNode record = row.record().deepCopy();
    for (Field field : fields) {
      JsonNode name = field.in(record);
      if (name != null && name.isString()) {
        record.put(field.path(), FreeName.cleaned(name.stringValue()));
      }
    }
    return new InputRow(row.row(), row.line(), record, row.faults(), row.source());
  }
}
