package io.sluice.format;

import io.sluice.catalog.Field;
import io.sluice.catalog.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values for the fields that a row does not give. */
final class FixedValues {
  private final Map<Slot, JsonNode> values = new LinkedHashMap<>();

  /**
   * @param given cells by field names
   * @throws InputException if there is no such field, or the cell does not suit it
   */
  static FixedValues of(Resource resource, Map<String, String> given) throws InputException {
    FieldNames names = new FieldNames(resource);
    FixedValues fixed = new FixedValues();
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Field field = names.named("--set", entry.getKey());
      fixed.add(entry.getKey(), field, entry.getValue());
    }
    return fixed;
  }

  /** Completes the record. */
  void fill(ObjectNode record) {
    values.forEach(
        (slot, value) -> {
          if (!slot.isGiven(record)) {
            slot.set(record, value.deepCopy());
          }
        });
  }

  private void add(String name, Field field, String text) throws InputException {
    String cell = text.isEmpty() ? null : text.equals("\"\"") ? "" : text;
    CellValue value = CellValue.of(field.type(), cell);
    if (value instanceof CellValue.Wrong wrong) {
      String option = "--set " + Excerpt.of(name) + "=" + Excerpt.of(text);
      throw new InputException(0, option + ": " + wrong.reason());
    } else if (value instanceof CellValue.Given given
        && values.put(Slot.of(field), given.value()) != null) {
      throw new InputException(0, "--set gives the field '" + field.path() + "' twice");
    }
  }
}
