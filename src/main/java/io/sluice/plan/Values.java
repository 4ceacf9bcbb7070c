package io.sluice.plan;

import io.sluice.catalog.Defaults;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What records say of the fields that can be written, and when two of them say the same. */
final class Values {
  /** Tells leaves apart: numbers by value, others by what they are. */
  private static final Comparator<JsonNode> LEAVES = (one, other) -> sameLeaf(one, other) ? 0 : 1;

  private Values() {}

  /** A field's value in a record, through its old name if that alone is there; null if none. */
  static @Nullable JsonNode in(Resource resource, Field field, ObjectNode record) {
    JsonNode value = field.in(record);
    return value != null ? value : Defaults.former(resource, field, record);
  }

  /** True if the account need not be changed to hold what the row says of the field. */
  static boolean same(Field field, JsonNode wanted, @Nullable JsonNode held) {
    if (wanted.isNull()) {
      return held == null || held.isNull();
    } else if (held == null) {
      return field.type() instanceof Flag && wanted.isBoolean() && !wanted.booleanValue();
    } else if (field.type() instanceof Choice && wanted.isString() && held.isString()) {
      return wanted.stringValue().equalsIgnoreCase(held.stringValue());
    } else if (wanted instanceof ArrayNode one
        && held instanceof ArrayNode other
        && field.is(Trait.UNORDERED)
        && field.type() instanceof Many many) {
      return sameItems(many, one, other);
    }
    return wanted.equals(LEAVES, held);
  }

  /** The value as it is sent: choices in the catalogue's spelling. */
  static JsonNode spelled(FieldType type, JsonNode value) {
    if (type instanceof Choice choice && value.isString()) {
      return StringNode.valueOf(choice.spelled(value.stringValue()));
    } else if (type instanceof Many many && value.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> items.add(spelled(many.of(), item)));
      return items;
    }
    return value;
  }

  /** One text for all values that are the same. */
  static String canonical(Field field, JsonNode value) {
    if (field.type() instanceof Choice && value.isString()) {
      return value.stringValue().toLowerCase(Locale.ROOT);
    } else if (field.type() instanceof Many many
        && field.is(Trait.UNORDERED)
        && value instanceof ArrayNode array) {
      return StreamSupport.stream(array.spliterator(), false)
          .map(item -> spelled(many.of(), item).toString())
          .sorted()
          .collect(Collectors.joining(",", "[", "]"));
    }
    return value.isString() ? '"' + value.stringValue() : value.toString();
  }

  private static boolean sameItems(Many many, ArrayNode wanted, ArrayNode held) {
    if (wanted.size() != held.size()) {
      return false;
    }
    boolean choices = many.of() instanceof Choice;
    List<JsonNode> left = new ArrayList<>();
    held.forEach(left::add);
    for (JsonNode item : wanted) {
      int found = 0;
      while (found < left.size() && !sameItem(choices, item, left.get(found))) {
        found++;
      }
      if (found == left.size()) {
        return false;
      }
      left.remove(found);
    }
    return true;
  }

  private static boolean sameItem(boolean choices, JsonNode one, JsonNode other) {
    return (choices && one.isString() && other.isString())
        ? one.stringValue().equalsIgnoreCase(other.stringValue())
        : one.equals(LEAVES, other);
  }

  private static boolean sameLeaf(JsonNode one, JsonNode other) {
    return one.equals(other)
        || (one instanceof NumericNode number
            && other instanceof NumericNode against
            && !number.isNaN()
            && !against.isNaN()
            && number.decimalValue().compareTo(against.decimalValue()) == 0);
  }
}
