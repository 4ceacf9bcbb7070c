package io.sluice.pipeline.insight.match;

import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Rule;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Spelling;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pattern by which a record is compared with messages.
 *
 * @param type what it names; of no meaning where it is a regular expression
 * @param regex whether it is a regular expression
 * @param compared what a regular expression is compared with
 * @param text as it is written
 * @param folded in the one spelling that stands for all that mean the same
 */
public record RecordPattern(
    PatternType type, boolean regex, Compared compared, String text, String folded) {

  /** What a regular expression is held against. */
  public enum Compared {
    /** The addresses that name the sender, the IP address and the name of the sending server. */
    SENDER_FIELDS,
    /** A domain. */
    DOMAIN,
    /** One address. */
    ADDRESS
  }

  /** The pattern of a record; null if such records have none that a party is compared with. */
  public static @Nullable RecordPattern of(Resource resource, ObjectNode record) {
    Rule.Pattern pattern = resource.pattern();
    if (pattern != null) {
      String text = text(record.get(pattern.field()));
      return text == null ? null : of(pattern, record, text);
    }
    String field = resource.keyText();
    boolean domain =
        resource.field(field).filter(one -> one.type() instanceof FieldType.DomainName).isPresent();
    String text = domain ? text(record.get(field)) : null;
    return text == null ? null : literal(PatternType.DOMAIN, text);
  }

  /** A pattern that is no regular expression. */
  public static RecordPattern literal(PatternType type, String text) {
    String folded = Spelling.folded(type, text);
    return new RecordPattern(
        type, false, Compared.SENDER_FIELDS, text, folded.equals(text) ? text : folded);
  }

  /** A regular expression. */
  public static RecordPattern regex(PatternType type, Compared compared, String text) {
    return new RecordPattern(type, true, compared, text, text);
  }

  private static RecordPattern of(Rule.Pattern rule, ObjectNode record, String text) {
    PatternType type = rule.typeIn(record);
    if (!rule.isRegex(record)) {
      return literal(type, text);
    }
    return regex(type, compared(rule), text);
  }

  private static Compared compared(Rule.Pattern rule) {
    if (rule.typeField() != null) {
      return Compared.SENDER_FIELDS;
    }
    return rule.type() == PatternType.DOMAIN ? Compared.DOMAIN : Compared.ADDRESS;
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value != null && value.isString() && !value.stringValue().isEmpty()
        ? value.stringValue()
        : null;
  }
}
