package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Validation.Level;
import io.sluice.catalog.Validation.Purpose;
import io.sluice.catalog.pattern.PatternSyntax;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whatever it is given, a check finds faults or none; it never fails. */
final class ValidationPropertiesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Property(tries = 1500)
  void aCheckOfAPatternNeverFails(@ForAll("texts") String text) {
    PatternSyntax.email(text);
    PatternSyntax.domain(text);
    PatternSyntax.cidr(text);
    PatternSyntax.senderIp(text);
    PatternSyntax.regex(text);
  }

  @Property(tries = 1500)
  void aCheckOfARecordNeverFails(
      @ForAll("resources") Resource resource,
      @ForAll("records") ObjectNode record,
      @ForAll Purpose purpose) {
    for (Fault fault : Validation.faults(resource, record, purpose, Level.STRICT)) {
      assertThat(resource.field(fault.field())).isPresent();
      assertThat(fault.reason()).isNotBlank();
      assertThat(fault.value().length()).isLessThanOrEqualTo(80);
    }
  }

  @Property(tries = 300)
  void whateverHasTheReservedTypeIsRefused(@ForAll("records") ObjectNode record) {
    record.put("pattern_type", "UNKNOWN");
    assertThat(Validation.faults(Catalog.get("block_senders"), record, Purpose.EDIT, Level.STRICT))
        .anyMatch(fault -> fault.field().equals("pattern_type"));
  }

  @Provide
  Arbitrary<Resource> resources() {
    return Arbitraries.of(Catalog.resources());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> plain = Arbitraries.strings().all().ofMaxLength(80);
    Arbitrary<String> likely =
        Arbitraries.strings()
            .withChars(
                "aZ09.-_@:/%*?+(){}[]|\\^$\"' ,;&#!<=>Pp\u00e4\u3002\uff0e\u200d\ud83e\udd8a")
            .withChars("QENkxuLc")
            .ofMaxLength(30);
    Arbitrary<String> numbers = Arbitraries.strings().withChars("0123456789.:/afx").ofMaxLength(40);
    return Arbitraries.oneOf(plain, likely, numbers);
  }

  @Provide
  Arbitrary<ObjectNode> records() {
    List<String> names =
        Catalog.resources().stream()
            .flatMap(resource -> resource.fields().stream())
            .map(field -> field.path().split("\\.", -1)[0])
            .distinct()
            .toList();
    return Arbitraries.maps(Arbitraries.of(names), values()).ofMaxSize(12).map(this::object);
  }

  private ObjectNode object(java.util.Map<String, JsonNode> values) {
    ObjectNode object = JSON.createObjectNode();
    object.setAll(values);
    return object;
  }

  private Arbitrary<JsonNode> values() {
    Arbitrary<JsonNode> odd =
        Arbitraries.of(
                "null",
                "true",
                "false",
                "0",
                "-1",
                "1.5",
                "1e400",
                "12345678901234567890",
                "[]",
                "{}",
                "[null]",
                "[[1]]",
                "{\"a\":{}}",
                "[\"GLOBAL\"]",
                "[{\"x\":1}]",
                "\"\"",
                "\"EMAIL\"",
                "\"DOMAIN\"",
                "\"IP\"",
                "\"\\ud800\"")
            .map(JSON::readTree);
    return Arbitraries.oneOf(odd, texts().map(text -> JSON.getNodeFactory().stringNode(text)));
  }
}
