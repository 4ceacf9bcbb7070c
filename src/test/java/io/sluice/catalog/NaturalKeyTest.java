package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which records count as the same, and what a new one may leave out. */
final class NaturalKeyTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @CsvSource({
    "EMAIL, John.Doe@Example.COM, john.doe@example.com",
    "EMAIL, a@bücher.example, a@xn--bcher-kva.example",
    "DOMAIN, Example.COM, example.com",
    "DOMAIN, BÜCHER.example, xn--bcher-kva.example",
    "DOMAIN, straße.example, XN--STRAE-OQA.example",
    "EMAIL, a@straße.example, A@xn--strae-oqa.example",
    "EMAIL, M\u00DCLLER@a.example, mu\u0308ller@a.example",
    "EMAIL, \u03A3\u0391\u03A3@a.example, \u03C3\u03B1\u03C3@a.example",
    "IP, 198.51.100.7/32, 198.51.100.7",
    "IP, 198.51.100.7/24, 198.51.100.0/24",
    "IP, 2001:DB8:0:0::1, 2001:db8::1",
    "IP, 2001:db8::1/128, 2001:db8::1"
  })
  void spellingsThatMeanTheSameFoldToOne(String type, String one, String other) {
    assertThat(folded(type, one)).isEqualTo(folded(type, other));
    assertThat(key(type, one).exact()).isNotEqualTo(key(type, other).exact());
  }

  @ParameterizedTest
  @CsvSource({
    "DOMAIN, a.example, b.example",
    "DOMAIN, straße.example, strasse.example",
    "EMAIL, a@straße.example, a@strasse.example",
    "DOMAIN, zw\u200B2.example, zw2.example",
    "EMAIL, cr\u00ADook@a.example, crook@a.example",
    "EMAIL, \u212Aate@a.example, kate@a.example",
    "EMAIL, \u212Aate@a.example, Kate@a.example",
    "EMAIL, \u03BD\u03B9\u03BA\u03BF\u03C2@a.example, \u03BD\u03B9\u03BA\u03BF\u03C3@a.example",
    "EMAIL, \uFF4Bate@a.example, kate@a.example",
    "EMAIL, \u0130@a.example, i@a.example",
    "DOMAIN, \uFF41.example, a.example",
    "DOMAIN, x\u00B2.example, x2.example",
    "IP, 198.51.100.0/24, 198.51.100.0/25"
  })
  void differentPatternsStayDifferent(String type, String one, String other) {
    assertThat(folded(type, one)).isNotEqualTo(folded(type, other));
  }

  @Test
  void regularExpressionsAreNeverFolded() {
    ObjectNode upper = record("DOMAIN", "\\D+\\.example").put("is_regex", true);
    ObjectNode lower = record("DOMAIN", "\\d+\\.example").put("is_regex", true);

    assertThat(keyOf(upper).folded()).isNotEqualTo(keyOf(lower).folded());
  }

  @Test
  void namesOfPeopleAreComparedInNfcAndLoseNothing() {
    assertThat(person("Zo\u00EB Lindstr\u00F6m").folded())
        .isEqualTo(person("ZOE\u0308 LINDSTRO\u0308M").folded());
    assertThat(person("O\u2019Brien").folded()).isNotEqualTo(person("O'Brien").folded());
    assertThat(person("\u0646\u0627\u0645\u0647\u200C\u0627\u06CC").folded())
        .isNotEqualTo(person("\u0646\u0627\u0645\u0647\u0627\u06CC").folded());
  }

  @Test
  void aRecordIsLookedForUnderEveryUsualSpelling() {
    assertThat(spellings(record("DOMAIN", "xn--strae-oqa.example")))
        .containsExactly("xn--strae-oqa.example", "straße.example");
    assertThat(spellings(record("EMAIL", "A@Straße.example")))
        .containsExactly("A@Straße.example", "a@xn--strae-oqa.example", "a@straße.example");
    assertThat(spellings(record("DOMAIN", "a.example"))).containsExactly("a.example");
    assertThat(spellings(record("DOMAIN", "STRASSE|STRA\u00DFE").put("is_regex", true)))
        .containsExactly("STRASSE|STRA\u00DFE");
    assertThat(spellings(JSON.createObjectNode().put("pattern", 7))).isEmpty();
  }

  @Test
  void withoutAllOfItsFieldsThereIsNoKey() {
    Resource people = Catalog.get("impersonation-registry");
    ObjectNode nameless = JSON.createObjectNode().put("email", "a@example.com");

    assertThat(NaturalKey.of(people, nameless)).isEmpty();
    assertThat(NaturalKey.of(people, nameless.put("name", "Ann")).orElseThrow().exact())
        .isEqualTo(List.of("a@example.com", "Ann"));
  }

  @ParameterizedTest
  @CsvSource({
    "a@example.com, EMAIL",
    "198.51.100.0/24, IP",
    "2001:db8::1, IP",
    "example.com, DOMAIN",
    "198.51.100, DOMAIN"
  })
  void theTypeOfAPatternIsInferred(String pattern, String type) {
    ObjectNode record = JSON.createObjectNode().put("pattern", pattern);
    Defaults.complete(Catalog.get("block-senders"), record);

    assertThat(record.get("pattern_type").stringValue()).isEqualTo(type);
    assertThat(record.get("is_regex").booleanValue()).isFalse();
  }

  @Test
  void whatIsGivenIsNotReplaced() {
    ObjectNode record = record("DOMAIN", "a@example.com").put("is_regex", true).putNull("comments");
    Defaults.complete(Catalog.get("block-senders"), record);

    assertThat(record)
        .isEqualTo(record("DOMAIN", "a@example.com").put("is_regex", true).putNull("comments"));
  }

  private static NaturalKey person(String name) {
    ObjectNode record = JSON.createObjectNode().put("email", "a@example.com").put("name", name);
    return NaturalKey.of(Catalog.get("impersonation-registry"), record).orElseThrow();
  }

  private static Set<String> spellings(ObjectNode record) {
    return NaturalKey.spellings(Catalog.get("block-senders"), record);
  }

  private static List<String> folded(String type, String pattern) {
    return key(type, pattern).folded();
  }

  private static NaturalKey key(String type, String pattern) {
    return keyOf(record(type, pattern));
  }

  private static NaturalKey keyOf(ObjectNode record) {
    return NaturalKey.of(Catalog.get("block-senders"), record).orElseThrow();
  }

  private static ObjectNode record(String type, String pattern) {
    return JSON.createObjectNode().put("pattern_type", type).put("pattern", pattern);
  }
}
