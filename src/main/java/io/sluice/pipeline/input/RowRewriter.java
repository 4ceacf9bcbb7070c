package io.sluice.pipeline.input;

import io.sluice.catalog.Field;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.Indicator;
import io.sluice.format.InputFault;
import io.sluice.format.InputFormat;
import io.sluice.format.InputRow;
import io.sluice.format.RowSource;
import io.sluice.plan.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewrites the patterns of rows. A row with an id says what the account holds and stays as it is,
 * and so does one that could not be read.
 */
final class RowRewriter {
  private final CheckRequest request;
  private final PatternRewriter patterns;
  private final Rule.@Nullable Pattern rule;
  private final Map<String, String> columns;

  RowRewriter(CheckRequest request, Map<String, String> columns) {
    this.request = request;
    this.patterns = new PatternRewriter(request.resource(), request.mode() == Mode.DELETE);
    this.rule = patterns.rule();
    this.columns = columns;
  }

  RowRecords records(InputRow row) {
    JsonNode value = rule == null ? null : row.record().get(rule.field());
    if (rule == null
        || value == null
        || !value.isString()
        || !row.faults().isEmpty()
        || row.record().hasNonNull("id")) {
      return RowRecords.of(row);
    }
    boolean list = request.input().format() == InputFormat.LIST;
    String written =
        list && row.source() instanceof RowSource.Line line
            ? line.text().strip()
            : value.stringValue();
    PatternRewriter.Result result = patterns.of(rule, row.record(), written);
    if (result instanceof PatternRewriter.Result.New rewritten) {
      return records(row, rule, written, rewritten);
    } else if (result instanceof PatternRewriter.Result.Remark remark) {
      return list
          ? new RowRecords(List.of(row), null, remark.what())
          : refused(row, rule, written, "is " + remark.what() + ", where a pattern belongs");
    }
    return result instanceof PatternRewriter.Result.Refused refused
        ? refused(row, rule, written, refused.reason())
        : RowRecords.of(row);
  }

  private RowRecords records(
      InputRow row, Rule.Pattern pattern, String written, PatternRewriter.Result.New result) {
    String comment = result.becomes().comment();
    List<InputRow> records = new ArrayList<>();
    for (Indicator indicator : result.becomes().indicators()) {
      ObjectNode record = row.record().deepCopy();
      record.put(pattern.field(), indicator.text());
      if (result.type() != null && pattern.typeField() != null) {
        record.put(pattern.typeField(), result.type().name());
      }
      if (comment != null) {
        comment(record, comment);
      }
      records.add(new InputRow(row.row(), row.line(), record, row.faults(), row.source()));
    }
    return new RowRecords(
        List.copyOf(records),
        new Rewritten(
            row.row(), row.line(), column(pattern), written, result.shown(), result.forms()),
        null);
  }

  /** What the row itself says of its comment stays; a value for every row gives way. */
  private void comment(ObjectNode record, String comment) {
    Field field = request.resource().comment().orElse(null);
    if (field != null) {
      String said = record.path(field.path()).asString("");
      boolean own = !said.isEmpty() && !request.input().fixed().containsValue(said);
      record.put(field.path(), own ? said + "; " + comment : comment);
    }
  }

  private RowRecords refused(InputRow row, Rule.Pattern pattern, String written, String reason) {
    List<InputFault> faults = new ArrayList<>(row.faults());
    faults.add(InputFault.of(row.line(), column(pattern), written, reason));
    return RowRecords.of(
        new InputRow(row.row(), row.line(), row.record(), List.copyOf(faults), row.source()));
  }

  private String column(Rule.Pattern pattern) {
    return columns.getOrDefault(pattern.field(), pattern.field());
  }
}
