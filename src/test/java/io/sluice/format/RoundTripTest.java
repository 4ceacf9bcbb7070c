package io.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.FieldType.Choice;
import io.sluice.catalog.FieldType.Flag;
import io.sluice.catalog.FieldType.Identifier;
import io.sluice.catalog.FieldType.Many;
import io.sluice.catalog.FieldType.Whole;
import io.sluice.catalog.Resource;
import io.sluice.format.text.LoneSurrogates;
import io.sluice.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was written is read again: for any record, and for the awkward ones of the sandbox. */
class RoundTripTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  record Records(Resource resource, List<ObjectNode> rows) {}

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void anyRecordSurvivesCsv(@ForAll("records") Records records, @ForAll boolean excelSafe)
      throws IOException {
    List<byte[]> lines = lines(records.rows());
    List<ObjectNode> expected =
        records.rows().stream()
            .map(row -> givenIn(records.resource(), row))
            .filter(RoundTripTest::hasValue)
            .toList();
    assertRead(csv(records.resource(), lines, excelSafe), expected);
  }

  /** A row without any value is passed over. */
  private static boolean hasValue(JsonNode node) {
    if (node.isObject()) {
      return node.valueStream().anyMatch(RoundTripTest::hasValue);
    }
    return !node.isString() || !node.stringValue().matches(" *");
  }

  @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
  void anyRecordSurvivesJsonl(@ForAll("records") Records records) throws IOException {
    assertRead(jsonl(records.resource(), lines(records.rows())), records.rows());
  }

  @Example
  void awkwardRecordsSurviveBothWays() throws IOException {
    try (Sandbox sandbox = Sandbox.builder().awkward(true).start()) {
      for (Resource resource : Catalog.resources()) {
        List<byte[]> raw = sandbox.account().raw(resource.name());
        List<ObjectNode> known =
            sandbox.account().records(resource.name()).stream()
                .map(record -> knownIn(resource, record))
                .toList();
        assertThat(known).hasSizeGreaterThan(20);
        assertRead(jsonl(resource, raw), known);
        List<ObjectNode> given = known.stream().map(row -> givenIn(resource, row)).toList();
        assertRead(csv(resource, raw, false), given);
        assertRead(csv(resource, raw, true), given);
      }
    }
  }

  @Provide
  Arbitrary<Records> records() {
    return Arbitraries.of(Catalog.resources())
        .flatMap(
            resource ->
                record(resource)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(4)
                    .map(rows -> new Records(resource, rows)));
  }

  private static Arbitrary<ObjectNode> record(Resource resource) {
    List<Arbitrary<JsonNode>> values = new ArrayList<>();
    for (Field field : resource.fields()) {
      Arbitrary<JsonNode> absent = Arbitraries.just(NODES.missingNode());
      Arbitrary<JsonNode> none = Arbitraries.just(NODES.nullNode());
      values.add(
          Arbitraries.frequencyOf(
              Tuple.of(6, value(field.type())), Tuple.of(1, absent), Tuple.of(1, none)));
    }
    return Combinators.combine(values)
        .as(
            all -> {
              ObjectNode record = NODES.objectNode();
              for (int i = 0; i < all.size(); i++) {
                if (!all.get(i).isMissingNode()) {
                  resource.fields().get(i).put(record, all.get(i));
                }
              }
              return record;
            });
  }

  private static Arbitrary<JsonNode> value(FieldType type) {
    if (type instanceof Flag) {
      return Arbitraries.of(true, false).map(NODES::booleanNode);
    } else if (type instanceof Whole) {
      return Arbitraries.longs().map(RoundTripTest::number);
    } else if (type instanceof Many) {
      return text().list().ofMaxSize(4).map(RoundTripTest::array);
    } else if (type instanceof FieldType.Text) {
      return text().map(NODES::stringNode);
    } else if (type instanceof Choice choice) {
      return Arbitraries.of(choice.values()).map(NODES::stringNode);
    }
    return text().filter(text -> !text.isEmpty()).map(NODES::stringNode);
  }

  private static Arbitrary<String> text() {
    Arbitrary<String> special =
        Arbitraries.strings()
            .withChars("\\N\"',;\t\r\n =+-@[]{}#_0aZ\u00e9\u2028\ufeff")
            .ofMaxLength(8);
    Arbitrary<String> escaped = Arbitraries.of("\\N", "\\\\N", "\\\\\\N", "N", "'", "''", "[]");
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .ofMaxLength(20)
            .map(text -> text.replace("\0", "0"))
            .filter(text -> !LoneSurrogates.in(text));
    return Arbitraries.oneOf(special, escaped, any);
  }

  private static JsonNode array(List<String> items) {
    var array = NODES.arrayNode();
    items.forEach(array::add);
    return array;
  }

  private static JsonNode number(long value) {
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  /** The record without the fields that the catalogue does not know. */
  private static ObjectNode knownIn(Resource resource, ObjectNode record) {
    ObjectNode known = NODES.objectNode();
    for (Field field : resource.fields()) {
      String holder = field.parent();
      JsonNode parent = holder == null ? null : record.get(holder);
      JsonNode value = field.in(record);
      if (parent != null && parent.isNull()) {
        known.set(String.valueOf(holder), parent);
      } else if (value != null) {
        field.put(known, value);
      }
    }
    return known;
  }

  /** What a CSV row can say of it: no nulls, no empty objects, and identifiers as texts. */
  private static ObjectNode givenIn(Resource resource, ObjectNode record) {
    ObjectNode given = NODES.objectNode();
    for (Field field : resource.fields()) {
      JsonNode value = field.in(record);
      if (value != null && !value.isNull()) {
        boolean number = field.type() instanceof Identifier && value.isNumber();
        field.put(given, number ? NODES.stringNode(value.asString()) : value);
      }
    }
    return given;
  }

  private static List<byte[]> lines(List<ObjectNode> records) {
    return records.stream().map(record -> record.toString().getBytes(UTF_8)).toList();
  }

  private static Inputs csv(Resource resource, List<byte[]> lines, boolean excelSafe)
      throws IOException {
    return written(resource, RowFormat.CSV, InputFormat.CSV, lines, excelSafe);
  }

  private static Inputs jsonl(Resource resource, List<byte[]> lines) throws IOException {
    return written(resource, RowFormat.JSONL, InputFormat.JSONL, lines, false);
  }

  private static Inputs written(
      Resource resource, RowFormat as, InputFormat read, List<byte[]> lines, boolean excelSafe)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RowWriter writer = as.writer(resource, excelSafe, file);
    for (byte[] line : lines) {
      byte[] ended = Arrays.copyOf(line, line.length + 1);
      ended[line.length] = '\n';
      writer.write(ended, 0, ended.length);
    }
    return new Inputs(resource.name(), InputOptions.of(read), file.toByteArray());
  }

  private static void assertRead(Inputs input, List<ObjectNode> expected) throws IOException {
    Inputs.Result result = input.read();
    assertThat(result.faults()).isEmpty();
    assertThat(result.rows().stream().map(InputRow::record).toList()).isEqualTo(expected);
  }
}
