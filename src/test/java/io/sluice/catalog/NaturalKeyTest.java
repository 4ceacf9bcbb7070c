package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  @CsvSource({"DOMAIN, a.example, b.example", "IP, 198.51.100.0/24, 198.51.100.0/25"})
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
