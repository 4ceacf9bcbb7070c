package io.sluice.server;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Holds values against the schemas of the description, by the keywords that it uses. */
final class JsonSchemas {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "enum",
          "const",
          "$ref",
          "oneOf",
          "anyOf",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "format",
          "description",
          "default",
          "discriminator",
          "contentMediaType");

  private final JsonNode root;

  /**
   * @param root the whole description
   */
  JsonSchemas(JsonNode root) {
    this.root = root;
  }

  /** What a reference stands for; anything else itself. */
  JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  /** What is wrong with a value, each with its place; none if it is as the schema says. */
  List<String> faults(JsonNode schema, JsonNode value) {
    List<String> faults = new ArrayList<>();
    look(schema, value, "$", faults);
    return faults;
  }

  private void look(JsonNode given, JsonNode value, String place, List<String> faults) {
    JsonNode schema = resolved(given);
    for (String keyword : schema.propertyNames()) {
      if (!KNOWN.contains(keyword)) {
        throw new IllegalStateException("the keyword " + keyword + " is not looked at");
      }
    }
    if (schema.has("discriminator")) {
      chosen(schema.path("discriminator"), value, place, faults);
    } else {
      alternatives(schema, value, place, faults);
    }
    if (schema.has("type") && !isOfType(schema.path("type"), value)) {
      faults.add(place + ": " + brief(value) + " is not of type " + schema.path("type"));
      return;
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      faults.add(place + ": " + brief(value) + " is not " + schema.path("const"));
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      faults.add(place + ": " + brief(value) + " is not one of " + schema.path("enum"));
    }
    if (value.isObject()) {
      object(schema, value, place, faults);
    } else if (value.isArray()) {
      array(schema, value, place, faults);
    } else if (value.isString()) {
      text(schema, value.stringValue(), place, faults);
    } else if (value.isNumber()) {
      number(schema, value, place, faults);
    }
  }

  private void chosen(JsonNode by, JsonNode value, String place, List<String> faults) {
    String word = value.path(by.path("propertyName").asString()).asString("");
    String reference = by.path("mapping").path(word).asString("");
    if (reference.isEmpty()) {
      faults.add(place + ": there is no kind '" + word + "'");
    } else {
      look(root.at(reference.substring(1)), value, place, faults);
    }
  }

  private void alternatives(JsonNode schema, JsonNode value, String place, List<String> faults) {
    for (String keyword : List.of("oneOf", "anyOf")) {
      if (!schema.has(keyword)) {
        continue;
      }
      List<List<String>> all =
          schema.path(keyword).valueStream().map(one -> faults(one, value)).toList();
      long matching = all.stream().filter(List::isEmpty).count();
      if (matching == 0 || (keyword.equals("oneOf") && matching > 1)) {
        faults.add(place + ": " + matching + " of " + keyword + " match: " + all);
      }
    }
  }

  private static boolean isOfType(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      return type.valueStream().anyMatch(one -> isOfType(one, value));
    }
    return switch (type.asString()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> throw new IllegalStateException("no type: " + type);
    };
  }

  private void object(JsonNode schema, JsonNode value, String place, List<String> faults) {
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asString())) {
                faults.add(place + "." + name.asString() + " is missing");
              }
            });
    JsonNode more = schema.path("additionalProperties");
    value
        .properties()
        .forEach(
            property -> {
              String inner = place + "." + property.getKey();
              if (schema.path("properties").has(property.getKey())) {
                look(
                    schema.path("properties").path(property.getKey()),
                    property.getValue(),
                    inner,
                    faults);
              } else if (more.isBoolean() && !more.booleanValue()) {
                faults.add(inner + " is not described");
              } else if (more.isObject()) {
                look(more, property.getValue(), inner, faults);
              }
            });
  }

  private void array(JsonNode schema, JsonNode value, String place, List<String> faults) {
    if (value.size() < schema.path("minItems").asInt(0)
        || value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      faults.add(place + ": " + value.size() + " items");
    }
    if (schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        look(schema.path("items"), value.get(i), place + "[" + i + "]", faults);
      }
    }
  }

  private static void text(JsonNode schema, String value, String place, List<String> faults) {
    int length = value.codePointCount(0, value.length());
    if (length < schema.path("minLength").asInt(0)
        || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      faults.add(place + ": " + length + " characters");
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.path("pattern").asString()).matcher(value).find()) {
      faults.add(place + ": '" + value + "' does not match " + schema.path("pattern"));
    }
    try {
      switch (schema.path("format").asString("")) {
        case "date-time" -> OffsetDateTime.parse(value);
        case "date" -> LocalDate.parse(value);
        default -> {}
      }
    } catch (DateTimeParseException none) {
      faults.add(place + ": '" + value + "' is no " + schema.path("format"));
    }
  }

  private static void number(JsonNode schema, JsonNode value, String place, List<String> faults) {
    boolean fits =
        switch (schema.path("format").asString("")) {
          case "int32" -> value.canConvertToInt();
          case "int64" -> value.canConvertToLong();
          default -> true;
        };
    double number = value.doubleValue();
    if (!fits
        || number < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
        || number > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)) {
      faults.add(place + ": " + value + " is too small or too large");
    }
  }

  private static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
