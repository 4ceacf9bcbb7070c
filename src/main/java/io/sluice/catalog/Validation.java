package io.sluice.catalog;

import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.pattern.FreeName;
import io.sluice.catalog.pattern.PatternSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        RuleCheck.check(rule, body, faults);
      }
    }
    return faults;
  }

  private static String required(Field field) {
    String kind = field.type().describe();
    if (field.type() instanceof Many many) {
      return Fault.REQUIRED + ": " + kind + (many.min() == 0 ? "; [] for none" : "");
    }
    return field.type() instanceof Choice ? Fault.REQUIRED + ": " + kind : Fault.REQUIRED;
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
    String wrong = ValueFault.of(field.type(), value);
    if (wrong != null) {
      faults.add(Fault.of(field.path(), value.asString(value.toString()), wrong));
    }
  }
}
