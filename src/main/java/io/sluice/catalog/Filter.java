package io.sluice.catalog;

import io.sluice.catalog.pattern.PatternSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A query parameter by which a resource's listing can be narrowed.
 *
 * @param name the parameter
 * @param repeatable whether it may be given more than once
 * @param field the field that it compares, or of which it looks for an element; null if it searches
 *     all texts
 */
public record Filter(String name, boolean repeatable, @Nullable Field field) {

  /** The type of its values. */
  public FieldType type() {
    if (field == null) {
      return new FieldType.Text(1, Integer.MAX_VALUE);
    }
    return field.type() instanceof FieldType.Many many ? many.of() : field.type();
  }

  /**
   * A value as the API spells it: flags and choices may be given in any case.
   *
   * @throws IllegalArgumentException saying which values there are, if this is none
   */
  public String value(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("there is no value");
    }
    FieldType type = type();
    if (type instanceof FieldType.Flag) {
      return flag(text);
    } else if (type instanceof FieldType.Choice choice) {
      return choice(choice, text);
    } else if (type instanceof FieldType.DomainName) {
      String fault = PatternSyntax.domain(text);
      if (fault != null) {
        throw new IllegalArgumentException(fault);
      }
    }
    return text;
  }

  private static String flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> "true";
      case "false", "no", "0" -> "false";
      default -> throw new IllegalArgumentException("it is neither true nor false");
    };
  }

  private static String choice(FieldType.Choice choice, String text) {
    List<String> values = new ArrayList<>(choice.values());
    values.addAll(choice.readable());
    for (String value : values) {
      if (value.equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "the nearest value is '"
            + NearestName.of(text, values)
            + "', and there are "
            + String.join(", ", values));
  }
}
