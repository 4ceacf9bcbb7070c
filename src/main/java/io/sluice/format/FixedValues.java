package io.sluice.format;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.format.csv.CellValue;
import io.sluice.format.text.Excerpt;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values for the fields that a row does not give. */
final class FixedValues {
  private final Resource resource;
  private final Map<Field, JsonNode> values = new LinkedHashMap<>();

  private FixedValues(Resource resource) {
    this.resource = resource;
  }

  /**
   * @param given cells by field names
   * @param option what messages call the option
   * @throws InputException if there is no such field, or the cell does not suit it
   */
  static FixedValues of(Resource resource, Map<String, String> given, String option)
      throws InputException {
    FieldNames names = new FieldNames(resource);
    FixedValues fixed = new FixedValues(resource);
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Field field = names.named(option, entry.getKey());
      fixed.add(option, entry.getKey(), field, entry.getValue());
    }
    return fixed;
  }

  /** Completes the record. What it says under a name of old is given, too. */
  void fill(ObjectNode record) {
    values.forEach(
        (field, value) -> {
          if (!field.isGiven(record) && Defaults.former(resource, field, record) == null) {
            field.put(record, value.deepCopy());
          }
        });
  }

  private void add(String option, String name, Field field, String text) throws InputException {
    String shown = option + " " + Excerpt.of(name) + "=" + Excerpt.of(text);
    if (field.is(Trait.READ_ONLY)) {
      throw new InputException(0, shown + ": the field cannot be written, so it cannot be set");
    }
    String cell = text.isEmpty() ? null : text.equals("\"\"") ? "" : text;
    CellValue value = CellValue.of(field.type(), cell);
    if (value instanceof CellValue.Wrong wrong) {
      throw new InputException(0, shown + ": " + wrong.reason());
    } else if (value instanceof CellValue.NotGiven) {
      throw new InputException(
          0, shown + ": there is no value" + (field.nullable() ? "; \\N stands for null" : ""));
    } else if (value instanceof CellValue.Given given && values.put(field, given.value()) != null) {
      throw new InputException(0, option + " gives the field '" + field.path() + "' twice");
    }
  }
}
