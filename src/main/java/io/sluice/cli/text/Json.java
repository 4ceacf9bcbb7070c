package io.sluice.cli.text;

import static tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET;

import java.io.OutputStream;
import java.util.Iterator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Makes the JSON that commands print. A holder of its own, since every command's class is loaded at
 * every start and Jackson's mapper takes longer to load than all of them.
 */
public final class Json {
  /** Names the fields of records in the way of the API. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private Json() {}

  /**
   * Writes a tree that need not be in memory as a whole.
   *
   * @param place an empty array in the tree, which is written with the items
   */
  public static void write(
      OutputStream out, JsonNode tree, ArrayNode place, Iterator<? extends JsonNode> items) {
    try (JsonGenerator json = MAPPER.writer().without(AUTO_CLOSE_TARGET).createGenerator(out)) {
      write(json, tree, place, items);
    }
  }

  /** The place is that very array: other empty ones are equal to it. */
  @SuppressWarnings("ReferenceEquality")
  private static void write(
      JsonGenerator json, JsonNode node, ArrayNode place, Iterator<? extends JsonNode> items) {
    if (node == place) {
      json.writeStartArray();
      items.forEachRemaining(json::writeTree);
      json.writeEndArray();
    } else if (node.isObject()) {
      json.writeStartObject();
      node.forEachEntry(
          (name, value) -> {
            json.writeName(name);
            write(json, value, place, items);
          });
      json.writeEndObject();
    } else if (node.isArray()) {
      json.writeStartArray();
      node.forEach(value -> write(json, value, place, items));
      json.writeEndArray();
    } else {
      json.writeTree(node);
    }
  }
}
