package io.sluice.pipeline.imports.input;

import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.format.InputRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the types of patterns as the API does where a row has another word for one. */
final class TypeRewriter {
  private final Resource resource;
  private final Rule.@Nullable Pattern rule;
  private final Map<String, String> columns;

  TypeRewriter(Resource resource, Rule.@Nullable Pattern rule, Map<String, String> columns) {
    this.resource = resource;
    this.rule = rule;
    this.columns = columns;
  }

  /** The type that the record has another word for; null if it has none. */
  @Nullable PatternType meant(ObjectNode record) {
    String word = word(record);
    return word == null ? null : TypeWords.typeOf(word);
  }

  /** True if the record says that its pattern's type is a regular expression. */
  boolean saysRegex(ObjectNode record) {
    String word = word(record);
    return word != null && TypeWords.isRegex(word);
  }

  /** The treatment of the row's type; null if it stays as it is. */
  @Nullable Rewritten rewritten(InputRow row) {
    PatternType type = meant(row.record());
    String field = rule == null ? null : rule.typeField();
    return type == null || field == null
        ? null
        : new Rewritten(
            row.row(),
            row.line(),
            columns.getOrDefault(field, field),
            row.record().path(field).asString(""),
            type.name(),
            "another word for the type",
            false);
  }

  /** The row with its type so. */
  InputRow typed(InputRow row) {
    PatternType type = meant(row.record());
    String field = rule == null ? null : rule.typeField();
    if (type == null || field == null) {
      return row;
    }
    ObjectNode record = row.record().deepCopy();
    record.put(field, type.name());
    return new InputRow(row.row(), row.line(), record, row.faults(), row.source());
  }

  /** What the record says of the type, if that is none of the catalogue's. */
  private @Nullable String word(ObjectNode record) {
    String field = rule == null ? null : rule.typeField();
    JsonNode said = field == null ? null : record.get(field);
    if (said == null || !said.isString() || field == null) {
      return null;
    }
    String word = said.stringValue();
    boolean known =
        resource.field(field).orElseThrow().type() instanceof FieldType.Choice choice
            && (choice.has(word) || choice.reads(word) != null);
    return known ? null : word;
  }
}
