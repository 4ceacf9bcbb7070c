package io.sluice.catalog;

import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Cidr;
import io.sluice.catalog.FieldType.DomainName;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.FieldType.Identifier;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.FieldType.Text;
import io.sluice.catalog.FieldType.Timestamp;
import io.sluice.catalog.FieldType.Whole;
import io.sluice.catalog.pattern.PatternSyntax;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is wrong with one value, by the type of its field alone. */
final class ValueFault {
  private ValueFault() {}

  /** What is wrong with a value that is not null; null if nothing is. */
  static @Nullable String of(FieldType type, JsonNode value) {
    if (type instanceof Flag) {
      return value.isBoolean() ? null : "must be true or false";
    } else if (type instanceof Whole whole) {
      boolean fits =
          value.isIntegralNumber()
              && value.canConvertToLong()
              && value.longValue() >= whole.min()
              && value.longValue() <= whole.max();
      return fits ? null : "must be a " + whole.describe();
    } else if (type instanceof Many many) {
      return wrongList(many, value);
    } else if (!value.isString()) {
      return "must be a text";
    }
    String text = value.stringValue();
    if (type instanceof Text limits) {
      int length = text.codePointCount(0, text.length());
      if (length < limits.min()) {
        return "must not be empty";
      }
      return length > limits.max() ? "longer than " + limits.max() + " characters" : null;
    } else if (type instanceof Choice choice) {
      return wrongChoice(choice, text);
    } else if (type instanceof Cidr) {
      return PatternSyntax.cidr(text);
    } else if (type instanceof DomainName) {
      return text.indexOf('*') >= 0
          ? "invalid domain: * stands for itself only; give the domain itself"
          : PatternSyntax.domain(text);
    } else if (type instanceof Timestamp || type instanceof Identifier) {
      return null;
    }
    throw new AssertionError(type);
  }

  private static @Nullable String wrongChoice(Choice choice, String text) {
    if (choice.has(text)) {
      return null;
    }
    String readable = choice.reads(text);
    return readable != null
        ? readable + " may be read but never written"
        : "must be one of " + String.join(", ", choice.values());
  }

  private static @Nullable String wrongList(Many many, JsonNode value) {
    if (!value.isArray()) {
      return "must be a list";
    }
    if (value.size() < many.min() || value.size() > many.max()) {
      return "must have " + many.min() + " to " + many.max() + " values";
    }
    for (JsonNode item : value) {
      String wrong = of(many.of(), item);
      if (wrong != null) {
        return item.asString(item.toString()) + ": " + wrong;
      }
    }
    return null;
  }
}
