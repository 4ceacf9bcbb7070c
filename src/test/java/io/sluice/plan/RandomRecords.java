package io.sluice.plan;

import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Records as accounts hold them and rows as files give them, with few keys, so that they meet. */
final class RandomRecords {
  private static final List<String> NAMES =
      List.of(
          "a.example",
          "A.example",
          "b\u00fccher.example",
          "xn--bcher-kva.example",
          "anna@a.example",
          "Anna@A.example",
          "198.51.100.7",
          "198.51.100.7/32",
          ".*",
          "x");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;
  private final Resource resource;

  RandomRecords(Resource resource, long seed) {
    this.resource = resource;
    this.random = new Random(seed);
  }

  /** A listing, every record with an id of its own. */
  List<ObjectNode> listing() {
    List<ObjectNode> records = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      ObjectNode record = plausible();
      if (random.nextBoolean()) {
        record.put("id", "id-" + i);
      } else {
        record.put("id", i);
      }
      records.add(record);
    }
    return records;
  }

  /** Rows, some of which mean records of a listing. */
  List<ObjectNode> rows() {
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      ObjectNode row = plausible();
      switch (random.nextInt(3)) {
        case 0 -> row.put("id", "id-" + random.nextInt(10));
        case 1 -> row.put("id", random.nextInt(10));
        default -> row.remove("id");
      }
      rows.add(row);
    }
    return rows;
  }

  /** An object with any value in any field. */
  ObjectNode anything() {
    ObjectNode record = NODES.objectNode();
    for (Field field : resource.fields()) {
      if (random.nextBoolean()) {
        record.set(field.path().split("\\.", -1)[0], node(2));
      }
    }
    record.set("x", node(3));
    return record;
  }

  private ObjectNode plausible() {
    ObjectNode record = NODES.objectNode();
    for (Field field : resource.fields()) {
      boolean key = resource.key().contains(field.path());
      if (random.nextInt(10) < (key ? 9 : 6)) {
        JsonNode value = random.nextInt(12) == 0 ? NODES.nullNode() : value(field.type());
        field.put(record, value);
      }
    }
    if (random.nextBoolean()) {
      record.set("x_future", node(2));
    }
    return record;
  }

  private JsonNode value(FieldType type) {
    if (type instanceof FieldType.Flag) {
      return NODES.booleanNode(random.nextBoolean());
    } else if (type instanceof FieldType.Whole) {
      return random.nextBoolean()
          ? NODES.numberNode(random.nextInt(4))
          : NODES.numberNode(1.0 + random.nextInt(2));
    } else if (type instanceof FieldType.Choice choice) {
      List<String> known = new ArrayList<>(choice.values());
      known.addAll(choice.readable());
      String value = known.get(random.nextInt(known.size()));
      return NODES.stringNode(random.nextBoolean() ? value : value.toLowerCase(Locale.ROOT));
    } else if (type instanceof FieldType.Many many) {
      ArrayNode items = NODES.arrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        items.add(value(many.of()));
      }
      return items;
    }
    return NODES.stringNode(NAMES.get(random.nextInt(NAMES.size())));
  }

  private JsonNode node(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt(20));
      case 3 -> NODES.numberNode(random.nextGaussian() * 1e300);
      case 4 -> NODES.numberNode(new BigDecimal("1e999999999"));
      case 5, 6 -> NODES.stringNode(NAMES.get(random.nextInt(NAMES.size())));
      case 7 -> NODES.arrayNode().add(node(depth - 1)).add(node(depth - 1));
      default -> NODES.objectNode().set("total_emails_processed", node(depth - 1));
    };
  }
}
