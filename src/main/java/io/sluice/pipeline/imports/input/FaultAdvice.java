package io.sluice.pipeline.imports.input;

import io.sluice.catalog.Fault;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.format.InputFault;
import io.sluice.format.InputRow;
import io.sluice.format.OptionNames;
import io.sluice.format.RowSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Advice about faults whose cause is not the value alone. */
final class FaultAdvice {
  /** What only a regular expression has; an asterisk or a bracket alone may be something else. */
  private static final Pattern EXPRESSION =
      Pattern.compile("^\\^|\\$$|\\\\|\\[\\^|\\[[0-9a-zA-Z]-");

  private final CheckRequest request;
  private final TypeRewriter types;
  private final Rule.@Nullable Pattern rule;

  FaultAdvice(CheckRequest request, TypeRewriter types, Rule.@Nullable Pattern rule) {
    this.request = request;
    this.types = types;
    this.rule = rule;
  }

  /** True if the rule has a flag for regular expressions, and the text looks like one. */
  static boolean looksLikeExpression(Rule.Pattern rule, String text) {
    return rule.regexField() != null && EXPRESSION.matcher(text.strip()).find();
  }

  /** Why a text that looks like a regular expression is no pattern. */
  static String expression(Rule.Pattern rule) {
    return "looks like a regular expression, which it is only where "
        + rule.regexField()
        + " is true";
  }

  /** The fault of a pattern that is in no other form. */
  InputFault ofPattern(InputRow row, ObjectNode whole, InputFault plain, String text) {
    if (rule != null && !rule.isRegex(whole) && looksLikeExpression(rule, text)) {
      return with(plain, plain.reason() + "; it " + expression(rule), null);
    }
    boolean alone =
        row.source() instanceof RowSource.Cells cells
            && cells.values().size() > 1
            && cells.values().stream().filter(cell -> cell != null && !cell.isBlank()).count() == 1;
    return alone && text.strip().indexOf(' ') > 0
        ? with(
            plain,
            plain.reason()
                + "; no other cell of the row is filled: if it is a title or a total, take the line"
                + " out",
            null)
        : plain;
  }

  /** The fault of a type of pattern; the same fault where it is of another field. */
  InputFault ofType(InputRow row, ObjectNode record, InputFault plain, Fault fault) {
    if (fault.isMissing() && isFlag(fault.field())) {
      return with(plain, "required: " + toAll(fault.field()), null);
    }
    if (rule == null || !fault.field().equals(rule.typeField()) || plain.value().isEmpty()) {
      return plain;
    }
    OptionNames names = request.input().names();
    String leaveOut =
        (row.source() instanceof RowSource.Cells
                ? "leave the column out with " + names.map(plain.column(), "")
                : "leave the field out")
            + ", and the type is found from the pattern";
    if (types.saysRegex(record)) {
      String flag =
          rule.regexField() == null ? "" : ": set " + rule.regexField() + " to true for it";
      return with(
          plain,
          plain.reason() + "; a regular expression is no type" + flag + ", and " + leaveOut,
          null);
    }
    PatternType meant = types.meant(record);
    return with(
        plain,
        plain.reason() + "; or " + leaveOut,
        meant == null ? null : "becomes " + meant.name());
  }

  private boolean isFlag(String field) {
    return request.resource().field(field).map(Field::type).orElse(null) instanceof FieldType.Flag;
  }

  /** How rows get one value of a field that they do not give. */
  private String toAll(String field) {
    OptionNames names = request.input().names();
    return names.with("set", field + "=false")
        + " or "
        + names.with("set", field + "=true")
        + " gives it to all rows without it";
  }

  private static InputFault with(InputFault fault, String reason, @Nullable String remedy) {
    return new InputFault(fault.line(), fault.column(), fault.value(), reason, remedy);
  }
}
