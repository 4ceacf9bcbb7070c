package io.sluice.sandbox.data;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.Filter;
import io.sluice.catalog.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides if a record passes the filters of a listing. {@code search} looks for a substring in
 * every text, without regard to case; a filter of a field compares the whole value (choices without
 * regard to case); one of a list finds an element of it.
 */
public final class Filtering {
  private final Resource resource;
  private final Map<String, List<String>> filters;

  public Filtering(Resource resource, Map<String, List<String>> filters) {
    this.resource = resource;
    this.filters = filters;
  }

  public boolean passes(ObjectNode record) {
    return filters.entrySet().stream()
        .allMatch(
            filter ->
                filter.getValue().stream()
                    .anyMatch(value -> passes(record, filter.getKey(), value)));
  }

  /**
   * The natural keys that could pass, when the filters name the key's text: so that looking one
   * record up does not read all of them. Null where the filters do not pin the key down.
   */
  @Nullable
  public List<List<String>> keys() {
    List<List<String>> keys = List.of(List.of());
    for (String name : resource.key()) {
      List<String> values = filters.get(name);
      if (resource.field(name).map(Field::type).orElse(null) instanceof Choice choice) {
        values =
            Stream.of(choice.values(), choice.readable(), List.of(""))
                .flatMap(List::stream)
                .toList();
      } else if (values == null) {
        return null;
      }
      List<List<String>> longer = new ArrayList<>();
      for (List<String> key : keys) {
        for (String value : values) {
          longer.add(Stream.concat(key.stream(), Stream.of(value)).toList());
        }
      }
      keys = longer;
    }
    return keys;
  }

  private boolean passes(ObjectNode record, String filter, String value) {
    if (filter.equals("search")) {
      return holds(record, value.toLowerCase(Locale.ROOT));
    }
    Field field = resource.filter(filter).map(Filter::field).orElse(null);
    JsonNode given = field == null ? null : field.in(record);
    if (given == null || field == null) {
      return value.equals("false");
    } else if (field.type() instanceof Many) {
      return given.valueStream().anyMatch(item -> item.asString("").equalsIgnoreCase(value));
    } else if (field.type() instanceof Choice) {
      return given.asString("").equalsIgnoreCase(value);
    }
    return given.asString("").equals(value);
  }

  private static boolean holds(JsonNode node, String lowered) {
    if (node.isContainer()) {
      return node.valueStream().anyMatch(child -> holds(child, lowered));
    }
    return node.isString() && node.stringValue().toLowerCase(Locale.ROOT).contains(lowered);
  }
}
