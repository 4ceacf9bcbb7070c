package io.sluice.catalog;

import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Rewriting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds a record against the rules of its kind, which look at several fields together. */
final class RuleCheck {
  private RuleCheck() {}

  /** Adds what is wrong with the record by that rule. */
  static void check(Rule rule, ObjectNode body, List<Fault> faults) {
    if (rule instanceof Rule.Pattern pattern) {
      checkPattern(pattern, body, faults);
    } else if (rule instanceof Rule.Expression expression) {
      checkExpression(expression, body, faults);
    } else if (rule instanceof Rule.KeptElsewhere kept) {
      JsonNode owner = body.get(kept.field());
      if (owner != null
          && owner.isString()
          && !owner.stringValue().equalsIgnoreCase(kept.writable())) {
        String reason = kept.reason() + ": may be read but never written";
        faults.add(Fault.of(kept.field(), owner.stringValue(), reason));
      }
    }
  }

  private static void checkPattern(Rule.Pattern rule, ObjectNode body, List<Fault> faults) {
    JsonNode value = body.get(rule.field());
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      return;
    }
    String text = value.stringValue();
    String wrong = wrongPattern(rule, body, text);
    if (wrong != null) {
      faults.add(Fault.of(rule.field(), text, wrong));
    }
  }

  private static void checkExpression(Rule.Expression rule, ObjectNode body, List<Fault> faults) {
    String text = body.path(rule.field()).asString("");
    String wrong = text.isEmpty() ? null : rule.wrong(text);
    if (wrong != null) {
      faults.add(Fault.of(rule.field(), text, wrong));
    }
  }

  private static @Nullable String wrongPattern(Rule.Pattern rule, ObjectNode body, String text) {
    if (rule.isRegex(body)) {
      return PatternSyntax.regex(text);
    }
    PatternType type = rule.typeIn(body);
    String wrong = wrongOne(type, text);
    int several = wrong == null ? 0 : several(type, text);
    return several == 0 ? wrong : several + " values in one field; write a row for each of them";
  }

  private static @Nullable String wrongOne(PatternType type, String text) {
    return switch (type) {
      case EMAIL -> PatternSyntax.email(text);
      case DOMAIN ->
          Rewriting.isShortRange(text)
              ? "invalid domain: a range of IP addresses"
              : PatternSyntax.domain(text);
      case IP -> PatternSyntax.senderIp(text);
      case UNKNOWN -> null;
    };
  }

  /** How many valid patterns the text lists, parted by commas, semicolons or blanks; else 0. */
  private static int several(PatternType type, String text) {
    int values = 0;
    for (String part : text.split("[,;\\s]+", -1)) {
      if (!part.isEmpty() && wrongOne(type, part) != null) {
        return 0;
      }
      values += part.isEmpty() ? 0 : 1;
    }
    return values > 1 ? values : 0;
  }
}
