package io.sluice.pipeline.imports.input;

import io.sluice.catalog.CommentTag;
import io.sluice.catalog.Field;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.Indicator;
import io.sluice.format.FieldNames;
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
 * Rewrites the patterns and names of rows. A row with an id says what the account holds and stays
 * as it is, which is warned of where it makes a difference; and so does one that could not be read.
 */
final class RowRewriter {
  private final CheckRequest request;
  private final PatternRewriter patterns;
  private final NameRewriter names;
  private final TypeRewriter types;
  private final Rule.@Nullable Pattern rule;
  private final Map<String, String> columns;
  private final IdentifiedRows identified;
  private final @Nullable String fixedComment;

  RowRewriter(CheckRequest request, Map<String, String> columns) {
    this.request = request;
    this.patterns = new PatternRewriter(request.resource(), request.mode() == Mode.DELETE);
    this.names = new NameRewriter(request.resource(), columns);
    this.rule = patterns.rule();
    this.types = new TypeRewriter(request.resource(), rule, columns);
    this.columns = columns;
    this.identified = new IdentifiedRows(columns.getOrDefault("id", "id"), request.input().names());
    this.fixedComment = fixedComment(request);
  }

  /** The comment that every row without one has, if there is such a value. */
  private static @Nullable String fixedComment(CheckRequest request) {
    FieldNames fields = new FieldNames(request.resource());
    Field comment = request.resource().comment().orElse(null);
    return request.input().fixed().entrySet().stream()
        .filter(value -> comment != null && comment.equals(fields.find(value.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  RowRecords records(InputRow row) {
    if (!row.faults().isEmpty()) {
      return RowRecords.of(row);
    } else if (row.record().hasNonNull("id")) {
      look(row);
      return RowRecords.of(row);
    }
    Rewritten typed = types.rewritten(row);
    Rewritten cleaned = names.rewritten(row);
    InputRow plain = typed == null ? row : types.typed(row);
    RowRecords records = patterned(cleaned == null ? plain : names.cleaned(plain));
    return with(with(records, cleaned), typed);
  }

  private static RowRecords with(RowRecords records, @Nullable Rewritten first) {
    if (first == null || records.remark() != null) {
      return records;
    }
    Rewritten other = records.rewritten();
    return records.with(other == null ? first : first.and(other));
  }

  /** What is to be said of the rows that were left alone. */
  List<String> warnings() {
    return identified.warnings();
  }

  private void look(InputRow row) {
    Rewritten name = names.rewritten(row);
    JsonNode value = rule == null ? null : row.record().get(rule.field());
    if (name != null) {
      identified.add(row.line(), name.written());
    } else if (rule != null && value != null && value.isString()) {
      PatternRewriter.Result result = patterns.of(rule, row.record(), value.stringValue());
      if (!(result instanceof PatternRewriter.Result.Same)) {
        identified.add(row.line(), value.stringValue());
      }
    }
  }

  private RowRecords patterned(InputRow row) {
    JsonNode value = rule == null ? null : row.record().get(rule.field());
    if (rule == null || value == null || !value.isString()) {
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
          ? new RowRecords(List.of(row), null, remark.what(), null)
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
            row.row(),
            row.line(),
            column(pattern),
            written,
            result.shown(),
            result.forms(),
            result.becomes().widens()),
        null,
        comment == null ? null : row.record());
  }

  /** What the row itself says of its comment stays; a value for every row gives way. */
  private void comment(ObjectNode record, String comment) {
    Field field = request.resource().comment().orElse(null);
    if (field != null) {
      String said = record.path(field.path()).asString("");
      boolean own = !said.isEmpty() && !said.equals(fixedComment);
      CommentTag.Parts parts = CommentTag.in(said);
      String text = own && !parts.text().isEmpty() ? parts.text() + "; " + comment : comment;
      record.put(field.path(), own && parts.tag() != null ? parts.tag().behind(text) : text);
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
