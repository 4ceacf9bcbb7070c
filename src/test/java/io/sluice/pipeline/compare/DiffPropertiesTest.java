package io.sluice.pipeline.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Field;
import io.sluice.catalog.FieldType;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Trait;
import io.sluice.pipeline.RecordLines;
import io.sluice.plan.FieldChange;
import io.sluice.plan.RecordDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every two lists, however often a key occurs in them. */
final class DiffPropertiesTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NAMES =
      List.of("a.example", "A.example", "b.example", "198.51.100.7", "198.51.100.7/32", "x");

  private static @Nullable Path place;

  @BeforeContainer
  static void begin() throws IOException {
    place = Files.createTempDirectory("diff");
  }

  @AfterContainer
  static void end() throws IOException {
    try (var files = Files.walk(requireNonNull(place))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 200)
  void aListDoesNotDifferFromItself(
      @ForAll("resources") String resource, @ForAll("seeds") long seed) throws IOException {
    String rows = rows(resource, seed);

    assertThat(differences(resource, rows, rows)).isEmpty();
  }

  @Property(tries = 400)
  void theWayBackUndoesTheWayThere(
      @ForAll("resources") String resource, @ForAll("seeds") long one, @ForAll("seeds") long other)
      throws IOException {
    String here = rows(resource, one);
    String there = rows(resource, other);

    List<String> forth =
        differences(resource, here, there).stream()
            .map(each -> described(each, false))
            .sorted()
            .toList();
    List<String> back =
        differences(resource, there, here).stream()
            .map(each -> described(each, true))
            .sorted()
            .toList();

    assertThat(back).isEqualTo(forth);
  }

  @Property(tries = 400)
  void whichSideIsIndexedMakesNoDifference(
      @ForAll("resources") String resource, @ForAll("seeds") long one, @ForAll("seeds") long other)
      throws IOException {
    Path directory = Files.createTempDirectory(requireNonNull(place), "case");
    try (DiffRig rig = new DiffRig(directory)) {
      List<String> told = new ArrayList<>();
      for (long countOfAfter : new long[] {1, 3}) {
        rig.differences.clear();
        rig.comparison(Catalog.get(resource))
            .compare(
                new Rows(rows(resource, one), 2), new Rows(rows(resource, other), countOfAfter));
        told.add(String.join("\n", rig.told()));
      }
      assertThat(told.get(0)).isEqualTo(told.get(1));
    }
  }

  /** Rows that say how many they are, truly or not. */
  private record Rows(String text, long said) implements Records {
    @Override
    public OptionalLong count() {
      return OptionalLong.of(said);
    }

    @Override
    public List<String> doubts() {
      return List.of();
    }

    @Override
    public RecordLines open() {
      Iterator<String> lines = text.lines().iterator();
      return new RecordLines() {
        @Override
        public byte @Nullable [] next() {
          return lines.hasNext() ? lines.next().getBytes(UTF_8) : null;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private static List<Difference> differences(String resource, String before, String after)
      throws IOException {
    Path directory = Files.createTempDirectory(requireNonNull(place), "case");
    try (DiffRig rig = new DiffRig(directory)) {
      rig.compare(
          rig.file("a.jsonl", resource, before), rig.file("b.jsonl", resource, after), resource);
      return List.copyOf(rig.differences);
    }
  }

  /** A difference in words; read the other way round if it is undone. */
  private static String described(Difference difference, boolean undone) {
    RecordDiff diff = difference.diff();
    if (diff instanceof RecordDiff.Changed changed) {
      return changed.changes().stream()
          .map(
              change ->
                  undone
                      ? described(change, change.after(), change.before())
                      : described(change, change.before(), change.after()))
          .collect(Collectors.joining(", "));
    }
    boolean onlyAfter = difference.id() == null;
    String apart = diff instanceof RecordDiff.Bound ? " apart " : " ";
    return (onlyAfter == undone ? "-" : "+") + apart + difference.key();
  }

  /** Nothing, null and false are one: which of them a side says depends on the other. */
  private static String described(
      FieldChange change, @Nullable JsonNode from, @Nullable JsonNode to) {
    return change.field() + " " + shown(from) + " " + shown(to);
  }

  private static String shown(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "-";
    }
    return value.isBoolean() && !value.booleanValue() ? "-" : value.toString();
  }

  private static String rows(String resource, long seed) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    for (int i = random.nextInt(7); i > 0; i--) {
      rows.add(row(Catalog.get(resource), random).put("id", "id-" + i).toString());
    }
    return String.join("\n", rows);
  }

  /** A record that can be written; what has no empty value is always there. */
  private static ObjectNode row(Resource resource, Random random) {
    ObjectNode row = NODES.objectNode();
    for (Field field : resource.fields()) {
      boolean can = field.nullable() || field.type() instanceof FieldType.Flag;
      if (!field.writable() || (can && random.nextInt(3) == 0)) {
        continue;
      }
      boolean none = field.is(Trait.NULLABLE) && random.nextInt(3) == 0;
      row.set(field.path(), none ? NODES.nullNode() : value(field, field.type(), random));
    }
    return row;
  }

  private static JsonNode value(Field field, FieldType type, Random random) {
    if (type instanceof FieldType.Flag) {
      return NODES.booleanNode(random.nextInt(4) == 0);
    } else if (type instanceof FieldType.Whole) {
      return NODES.numberNode(1 + random.nextInt(3));
    } else if (type instanceof FieldType.Choice choice) {
      int most = field.path().equals("provenance") ? 1 : choice.values().size();
      return NODES.stringNode(choice.values().get(random.nextInt(most)));
    } else if (type instanceof FieldType.Many many) {
      ArrayNode items = NODES.arrayNode();
      for (int i = random.nextInt(3); i > 0; i--) {
        items.add(value(field, many.of(), random));
      }
      return items;
    }
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return NODES.stringNode(field.path().equals("comments") ? name.toUpperCase(Locale.ROOT) : name);
  }

  @Provide
  Arbitrary<String> resources() {
    return Arbitraries.of(Catalog.resources()).map(Resource::name);
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }
}
