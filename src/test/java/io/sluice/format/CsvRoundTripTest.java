package io.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.format.csv.CsvWriterTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Nothing of a record is lost in CSV, save the difference between null and absent. */
final class CsvRoundTripTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "a;b",
          "\\\\N",
          "\\\\\\\\N",
          "N",
          "[",
          "[]",
          "[\\\"a\\\"]",
          "{}",
          "null",
          "true",
          "\\\"",
          "\\\"\\\"",
          ",",
          "\\n",
          "\\r",
          "\\r\\n",
          "\\t",
          " x ",
          "'",
          "=1",
          "+1",
          "-1",
          "@a",
          "'=1",
          "''",
          "#",
          "\\u0000",
          "\\u00e9",
          "é",
          "🦊",
          "\\ud83e\\udd8a",
          "\\ud800",
          "\\udc00x",
          "\u2028",
          "\ufeff",
          "a\\u007fb",
          ";",
          ";;",
          "\\\\",
          "\u00a0x");
  private static final List<String> OTHERS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0.0",
          "1.10",
          "1e5",
          "1e400",
          "12345678901234567890",
          "{}",
          "[]",
          "[null]",
          "[1.10]",
          "{\"a\":null}",
          "{\"id\":[{}]}",
          "[\"\\ud800\"]");

  @Property(tries = 2000)
  void aRecordComesBackWhole(
      @ForAll("resources") Resource resource, @ForAll long seed, @ForAll boolean excelSafe)
      throws IOException {
    Random random = new Random(seed);
    List<String> records = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      records.add(record(resource, random));
    }
    String csv = CsvWriterTest.csvOf(resource, excelSafe, records);

    List<ObjectNode> back = CsvOracle.records(resource, csv);
    assertThat(back).hasSameSizeAs(records);
    for (int i = 0; i < records.size(); i++) {
      ObjectNode given = (ObjectNode) CsvOracle.JSON.readTree(records.get(i));
      assertThat(back.get(i)).describedAs("%s%n%s", given, csv).isEqualTo(known(resource, given));
    }
    assertThat(RowCount.of(RowFormat.CSV, resource, new ByteArrayInputStream(csv.getBytes(UTF_8))))
        .isEqualTo(records.size());
  }

  /** The record without the nulls that the catalogue knows, and with its numeric id as a text. */
  private static ObjectNode known(Resource resource, ObjectNode record) {
    ObjectNode known = record.deepCopy();
    for (Field field : resource.fields()) {
      String[] path = field.path().split("\\.", -1);
      JsonNode holder = path.length == 1 ? known : known.get(path[0]);
      if (path.length == 2 && holder != null && holder.isNull()) {
        known.remove(path[0]);
      } else if (holder instanceof ObjectNode object) {
        String name = path[path.length - 1];
        JsonNode value = object.get(name);
        if (value != null && value.isNull()) {
          object.remove(name);
        } else if (field.type() instanceof FieldType.Identifier
            && value != null
            && value.isIntegralNumber()) {
          object.set(name, StringNode.valueOf(value.asString()));
        }
      }
    }
    for (Map.Entry<String, JsonNode> entry : List.copyOf(known.properties())) {
      boolean parent =
          resource.fields().stream()
              .anyMatch(field -> field.path().startsWith(entry.getKey() + "."));
      if (parent && entry.getValue().isObject() && entry.getValue().isEmpty()) {
        known.remove(entry.getKey());
      }
    }
    return known;
  }

  private static String record(Resource resource, Random random) {
    List<String> fields = new ArrayList<>();
    List<String> parents = new ArrayList<>();
    for (Field field : resource.fields()) {
      String[] path = field.path().split("\\.", -1);
      if (path.length == 1 && random.nextInt(4) > 0) {
        fields.add("\"" + path[0] + "\":" + value(field.type(), random));
      } else if (path.length == 2 && !parents.contains(path[0])) {
        parents.add(path[0]);
        fields.add("\"" + path[0] + "\":" + nested(resource, path[0], random));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      String name =
          i == 1 ? "x" + i : "emails_processed.timestamp" + (random.nextBoolean() ? "" : "x");
      fields.add("\"" + name + "\":" + any(random));
    }
    java.util.Collections.shuffle(fields, random);
    return "{" + String.join(",", fields) + "}";
  }

  private static String nested(Resource resource, String parent, Random random) {
    if (random.nextInt(5) == 0) {
      return any(random);
    }
    List<String> fields = new ArrayList<>();
    for (Field field : resource.fields()) {
      if (field.path().startsWith(parent + ".") && random.nextBoolean()) {
        String name = field.path().substring(parent.length() + 1);
        fields.add("\"" + name + "\":" + value(field.type(), random));
      }
    }
    if (random.nextInt(4) == 0) {
      fields.add("\"new\":" + any(random));
    }
    return "{" + String.join(",", fields) + "}";
  }

  private static String value(FieldType type, Random random) {
    if (random.nextInt(8) == 0) {
      return any(random);
    } else if (type instanceof FieldType.Flag) {
      return random.nextBoolean() ? "true" : "false";
    } else if (type instanceof FieldType.Whole) {
      return List.of("0", "7", "-3", "9007199254740993").get(random.nextInt(4));
    } else if (type instanceof FieldType.Identifier && random.nextInt(4) == 0) {
      return "4711";
    } else if (type instanceof FieldType.Many) {
      List<String> items = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        items.add(random.nextInt(10) == 0 ? any(random) : text(random));
      }
      return "[" + String.join(",", items) + "]";
    }
    return text(random);
  }

  private static String any(Random random) {
    return random.nextBoolean() ? text(random) : OTHERS.get(random.nextInt(OTHERS.size()));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return text.append('"').toString();
  }

  @Provide
  Arbitrary<Resource> resources() {
    return Arbitraries.of(Catalog.resources());
  }
}
