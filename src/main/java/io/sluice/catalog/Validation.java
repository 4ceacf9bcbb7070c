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
import io.sluice.catalog.pattern.FreeName;
import io.sluice.catalog.pattern.PatternSyntax;
import io.sluice.catalog.pattern.PatternType;
import io.sluice.catalog.pattern.Rewriting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what would be sent to the API against the catalogue. Finds every fault, not the first. */
public final class Validation {

  /** What the record is sent for: a new one must be whole, a change may be partial. */
  public enum Purpose {
    /** A new record. */
    CREATE,
    /** Changes to an existing one. */
    EDIT
  }

  /** How much is checked. */
  public enum Level {
    /** Everything that can be known without asking the API. */
    STRICT,
    /** Types, lengths, choices and required fields, but not the syntax of patterns. */
    BASIC,
    /** Nothing. */
    OFF;

    /**
     * The level of that name, in any case.
     *
     * @throws IllegalArgumentException naming the levels that exist
     */
    public static Level named(String name) {
      for (Level level : values()) {
        if (level.name().equalsIgnoreCase(name)) {
          return level;
        }
      }
      throw new IllegalArgumentException("'" + name + "' is none of strict, basic and off");
    }

    /** Its name where it is asked for. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Validation() {}

  /** The faults of the body of a create or an edit that checking at that level finds. */
  public static List<Fault> faults(
      Resource resource, ObjectNode body, Purpose purpose, Level level) {
    List<Fault> faults = new ArrayList<>();
    if (level == Level.OFF) {
      return faults;
    }
    for (Field field : resource.fields()) {
      JsonNode value = field.in(body);
      if (value != null && field.writable()) {
        check(field, value, faults);
      } else if (value == null && purpose == Purpose.CREATE && field.is(Trait.REQUIRED)) {
        faults.add(Fault.of(field.path(), "", required(field)));
      }
    }
    for (Rule rule : resource.rules()) {
      if (level == Level.STRICT || rule instanceof Rule.KeptElsewhere) {
        check(rule, body, faults);
      }
    }
    return faults;
  }

  private static String required(Field field) {
    String kind = field.type().describe();
    if (field.type() instanceof Many many) {
      return "required: " + kind + (many.min() == 0 ? "; [] for none" : "");
    }
    return field.type() instanceof Choice ? "required: " + kind : "required";
  }

  /** The required fields that a new record does not give. */
  public static List<Fault> missing(Resource resource, ObjectNode body) {
    List<Fault> faults = new ArrayList<>();
    for (Field field : resource.fields()) {
      if (field.is(Trait.REQUIRED) && field.in(body) == null) {
        faults.add(Fault.of(field.path(), "", required(field)));
      }
    }
    return faults;
  }

  /**
   * Names that hold invisible characters. To be asked of what people write, not of what an account
   * has held: its records must come back as they were.
   */
  public static List<Fault> unseen(Resource resource, ObjectNode body) {
    List<Fault> faults = new ArrayList<>();
    for (Field field : resource.fields()) {
      JsonNode value = resource.isName(field) ? field.in(body) : null;
      String wrong = value != null && value.isString() ? FreeName.wrong(value.stringValue()) : null;
      if (value != null && wrong != null) {
        faults.add(Fault.of(field.path(), value.stringValue(), "not a name: " + wrong));
      }
    }
    return faults;
  }

  /**
   * Expressions that can match nothing, or not what they mean elsewhere. To be asked, like {@link
   * #unseen}, of what people write: the API takes them, and an account may hold some.
   */
  public static List<Fault> unmatchable(Resource resource, ObjectNode body) {
    List<Fault> faults = new ArrayList<>();
    for (Rule rule : resource.rules()) {
      if (rule instanceof Rule.Expression expression) {
        String text = body.path(expression.field()).asString("");
        String why = expression.unmatchable(text);
        if (why != null) {
          faults.add(Fault.of(expression.field(), text, why));
        }
      } else if (rule instanceof Rule.Pattern pattern && pattern.isRegex(body)) {
        String text = body.path(pattern.field()).asString("");
        String why = PatternSyntax.regex(text) == null ? PatternSyntax.otherDialect(text) : null;
        if (why != null) {
          faults.add(Fault.of(pattern.field(), text, why));
        }
      }
    }
    return faults;
  }

  private static void check(Field field, JsonNode value, List<Fault> faults) {
    if (value.isNull()) {
      if (!field.nullable()) {
        faults.add(Fault.of(field.path(), "null", "cannot be null"));
      }
      return;
    }
    String wrong = wrong(field.type(), value);
    if (wrong != null) {
      faults.add(Fault.of(field.path(), value.asString(value.toString()), wrong));
    }
  }

  private static @Nullable String wrong(FieldType type, JsonNode value) {
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
      String wrong = wrong(many.of(), item);
      if (wrong != null) {
        return item.asString(item.toString()) + ": " + wrong;
      }
    }
    return null;
  }

  private static void check(Rule rule, ObjectNode body, List<Fault> faults) {
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
