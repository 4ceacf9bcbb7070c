package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.OptionNames;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.InputOrigin;
import io.sluice.pipeline.imports.LintChoice;
import io.sluice.pipeline.imports.Strategy;
import io.sluice.pipeline.imports.input.CheckRequest;
import io.sluice.pipeline.imports.input.Duplicates;
import io.sluice.pipeline.imports.input.Reading;
import io.sluice.plan.Mode;
import io.sluice.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the description of the options of an import against the options themselves. */
final class OptionSchemasTest {
  private static final Resource SENDERS = Catalog.get("block_senders");

  /** Properties whose words are the constants of an enumeration. */
  private static final Map<String, Class<? extends Enum<?>>> WORDS =
      Map.of(
          "mode",
          Mode.class,
          "strategy",
          Strategy.class,
          "format",
          InputFormat.class,
          "duplicates",
          Duplicates.class,
          "validation",
          Validation.Level.class,
          "lint",
          LintChoice.class);

  /** What the file itself says, where the property does not. */
  private static final Set<String> OF_THE_FILE = Set.of("format", "header");

  @ParameterizedTest
  @ValueSource(classes = {ImportOptions.class, Reading.class})
  void namesAndTypesAreDescribedAndNothingElse(Class<? extends Record> options) throws IOException {
    Map<String, String> there = new TreeMap<>();
    for (RecordComponent component : options.getRecordComponents()) {
      there.put(name(component), type(component));
    }
    Map<String, String> described = new TreeMap<>();
    properties(options)
        .forEach((name, property) -> described.put(name, property.path("type").toString()));

    assertThat(described).isEqualTo(there);
  }

  @ParameterizedTest
  @ValueSource(classes = {ImportOptions.class, Reading.class})
  void wordsAreDescribedAndNothingElse(Class<? extends Record> options) throws IOException {
    properties(options)
        .forEach(
            (name, property) -> {
              List<@Nullable String> described = new ArrayList<>();
              property.path("enum").forEach(word -> described.add(word.asStringOpt().orElse(null)));
              Class<? extends Enum<?>> words = WORDS.get(name);
              if (words != null) {
                assertThat(described).containsExactlyElementsOf(words(words));
              }
              described.forEach(
                  word -> check(options, Json.MAPPER.createObjectNode().put(name, word)));
              if (!described.isEmpty()) {
                assertThatIllegalArgumentException()
                    .describedAs(name)
                    .isThrownBy(
                        () -> check(options, Json.MAPPER.createObjectNode().put(name, "no such")));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {ImportOptions.class, Reading.class})
  void whatIsLeftOutMeansTheDescribedDefault(Class<? extends Record> options) throws IOException {
    ObjectNode defaults = Json.MAPPER.createObjectNode();
    properties(options)
        .forEach(
            (name, property) -> {
              JsonNode value = property.path("default");
              boolean chosen =
                  property.has("enum") || property.path("type").toString().contains("boolean");
              assertThat(value.isMissingNode()).describedAs(name).isFalse();
              assertThat(value.isNull() && chosen && !OF_THE_FILE.contains(name))
                  .describedAs(name)
                  .isFalse();
              defaults.set(name, value);
            });

    assertThat(request(options, defaults))
        .isEqualTo(request(options, Json.MAPPER.createObjectNode()));
  }

  /** What a run makes of the options. */
  private static Object request(Class<? extends Record> options, ObjectNode json) {
    Record given = Json.MAPPER.treeToValue(json, options);
    if (given instanceof ImportOptions wanted) {
      CheckRequest rows =
          new CheckRequest(
              SENDERS,
              InputOptions.of(InputFormat.CSV),
              Validation.Level.STRICT,
              wanted.chosenMode(OptionNames.API));
      return wanted.request(rows, false, InputOrigin.UNKNOWN, "test", OptionNames.API);
    }
    Reading reading = (Reading) given;
    return List.of(
        reading.request(SENDERS, "a.csv", Mode.UPSERT, OptionNames.API), reading.skipInvalid());
  }

  private static void check(Class<? extends Record> options, ObjectNode json) {
    Record given = Json.MAPPER.treeToValue(json, options);
    if (given instanceof ImportOptions wanted) {
      wanted.check(OptionNames.API);
    } else {
      ((Reading) given).check(SENDERS, OptionNames.API);
    }
  }

  private static List<@Nullable String> words(Class<? extends Enum<?>> type) {
    List<@Nullable String> words = new ArrayList<>();
    Arrays.stream(type.getEnumConstants())
        .forEach(constant -> words.add(constant.name().toLowerCase(Locale.ROOT)));
    words.add(null);
    return words;
  }

  private static String name(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String type(RecordComponent component) {
    Class<?> type = component.getType();
    return type == boolean.class
        ? "\"boolean\""
        : type == Boolean.class
            ? "[\"boolean\",\"null\"]"
            : type == Integer.class
                ? "[\"integer\",\"null\"]"
                : type == String.class ? "[\"string\",\"null\"]" : "[\"object\",\"null\"]";
  }

  private static Map<String, JsonNode> properties(Class<? extends Record> options)
      throws IOException {
    Map<String, JsonNode> properties = new TreeMap<>();
    try (InputStream in = HttpService.class.getResourceAsStream("openapi.json")) {
      Json.MAPPER
          .readTree(Objects.requireNonNull(in))
          .at("/components/schemas/" + options.getSimpleName() + "/properties")
          .properties()
          .forEach(property -> properties.put(property.getKey(), property.getValue()));
    }
    return properties;
  }
}
