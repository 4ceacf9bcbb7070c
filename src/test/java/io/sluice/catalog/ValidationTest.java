package io.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Validation.Level;
import io.sluice.catalog.Validation.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What may be sent, and every fault of what may not. */
final class ValidationTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BLOCK =
      "{'pattern':'example.com','pattern_type':'DOMAIN','is_regex':false}";
  private static final String PERSON =
      "{'name':'Ada','email':'ada@example.com','is_email_regex':false}";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "block_senders|{'pattern':'a@b.example','pattern_type':'EMAIL','is_regex':false}",
        "block_senders|{'pattern':'198.51.100.0/24','pattern_type':'IP','is_regex':false}",
        "block_senders|{'pattern':'a+','pattern_type':'EMAIL','is_regex':true,'comments':null}",
        "trusted_domains|{'pattern':'a.b','is_regex':false,'is_recent':true,'is_similarity':false}",
        "impersonation_registry|{'name':'Ada','email':'ada@example.com','is_email_regex':false}",
        "impersonation_registry|{'name':'A','email':'.*','is_email_regex':true,'provenance':'A1S_INTERNAL'}"
      })
  void aWholeRecordHasNoFault(String resource, String body) {
    assertThat(create(resource, body)).isEmpty();
  }

  @Test
  void everyFaultIsFoundNotJustTheFirst() {
    assertThat(create("block_senders", "{'pattern_type':'PHONE','is_regex':1,'comments':[]}"))
        .extracting(Fault::field)
        .containsExactly("pattern", "pattern_type", "is_regex", "comments");
  }

  @Test
  void whatIsRequiredIsSaidWithWhatItMayBe() {
    assertThat(create("sending_domain_restrictions", "{'domain':'*.a.example'}"))
        .extracting(Fault::reason)
        .anyMatch(reason -> reason.endsWith("; [] for none"))
        .contains("invalid domain: * stands for itself only; give the domain itself");
    assertThat(create("content_policies", "{'name':'x','pattern':'y'}"))
        .extracting(Fault::reason)
        .anyMatch(reason -> reason.contains("SUBJECT|BODY"));
  }

  @Test
  void anEditMayBePartial() {
    assertThat(edit("block_senders", "{'comments':'x'}")).isEmpty();
    assertThat(create("block_senders", "{'comments':'x'}")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EMAIL", "email", "eMaIl"})
  void enumsAreReadInAnyCase(String type) {
    String body = "{'pattern':'a@b.example','pattern_type':'" + type + "','is_regex':false}";
    assertThat(create("block_senders", body)).isEmpty();
    assertThat(create("block_senders", body.replace("a@b.example", "no address"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNKNOWN", "unknown"})
  void unknownIsReadButNeverWritten(String type) {
    assertThat(edit("block_senders", "{'pattern_type':'" + type + "'}"))
        .singleElement()
        .extracting(Fault::reason)
        .isEqualTo("UNKNOWN may be read but never written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SNOOPY-GOOGLE_DIRECTORY", "SNOOPY-OFFICE_365", "snoopy-office_365", "?"})
  void aDirectorySyncedPersonIsNeverWritten(String provenance) {
    assertThat(edit("impersonation_registry", "{'provenance':'" + provenance + "'}"))
        .anyMatch(fault -> fault.reason().contains("never written"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A1S_INTERNAL", "a1s_internal"})
  void aPersonOfTheAccountItselfMayBeWritten(String provenance) {
    assertThat(edit("impersonation_registry", "{'provenance':'" + provenance + "'}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "block_senders,pattern",
    "block_senders,pattern_type",
    "block_senders,is_regex",
    "impersonation_registry,provenance",
    "domains,require_tls_inbound",
    "domains,require_tls_outbound",
    "domains,regions"
  })
  void nullIsRefusedWhereTheApiRefusesIt(String resource, String field) {
    assertThat(edit(resource, "{'" + field + "':null}"))
        .containsExactly(new Fault(field, "null", "cannot be null"));
  }

  @ParameterizedTest
  @CsvSource({
    "block_senders,comments",
    "domains,integration_id",
    "impersonation_registry,directory_id",
    "impersonation_registry,external_directory_node_id"
  })
  void nullIsAcceptedWhereTheApiTakesIt(String resource, String field) {
    assertThat(edit(resource, "{'" + field + "':null}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "block_senders|pattern|1|must be a text",
        "block_senders|pattern|{}|must be a text",
        "block_senders|pattern|['a']|must be a text",
        "block_senders|pattern|true|must be a text",
        "block_senders|is_regex|'true'|must be true or false",
        "block_senders|is_regex|0|must be true or false",
        "block_senders|pattern_type|3|must be a text",
        "domains|lookback_hops|'3'|must be a whole number 1..20",
        "domains|lookback_hops|1.5|must be a whole number 1..20",
        "domains|lookback_hops|0|must be a whole number 1..20",
        "domains|lookback_hops|21|must be a whole number 1..20",
        "domains|lookback_hops|99999999999999999999|must be a whole number 1..20",
        "domains|regions|'GLOBAL'|must be a list",
        "domains|regions|[]|must have 1 to 10 values",
        "domains|regions|['MARS']|MARS: must be one of",
        "domains|regions|[1]|1: must be a text",
        "domains|regions|[null]|must be a text",
        "domains|folder|'Trash'|must be one of AllItems, Inbox",
        "domains|ip_restrictions|['x']|x: not an IP address",
        "domains|domain|'nodot'|invalid domain",
        "impersonation_registry|directory_id|'1'|must be a whole number"
      })
  void aValueOfTheWrongTypeIsNamed(String resource, String field, String value, String reason) {
    List<Fault> faults = edit(resource, "{'" + field + "':" + value + "}");
    assertThat(faults).singleElement().extracting(Fault::field).isEqualTo(field);
    assertThat(faults.get(0).reason()).contains(reason);
  }

  @Test
  void lengthsCountCharactersNotUnits() {
    assertThat(edit("block_senders", "{'comments':'" + "🦊".repeat(1024) + "'}")).isEmpty();
    assertThat(edit("block_senders", "{'comments':'" + "🦊".repeat(1025) + "'}"))
        .singleElement()
        .extracting(Fault::reason)
        .isEqualTo("longer than 1024 characters");
  }

  @Test
  void theOffendingValueIsShownShortenedAndWhole() {
    String fox = "🦊".repeat(1025);
    String shown = edit("block_senders", "{'comments':'" + fox + "'}").get(0).value();
    assertThat(shown.length()).isLessThanOrEqualTo(80);
    assertThat(shown.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isTrue();
  }

  @Test
  void anEmptyPatternIsOneFault() {
    assertThat(create("block_senders", BLOCK.replace("example.com", "")))
        .containsExactly(new Fault("pattern", "", "must not be empty"));
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL,example.com,e-mail address",
    "DOMAIN,a@example.com,invalid domain",
    "IP,example.com,IP address",
    "IP,10.0.0.1,private"
  })
  void aPatternMustBeOfItsType(String type, String pattern, String reason) {
    String body = "{'pattern':'" + pattern + "','pattern_type':'" + type + "','is_regex':false}";
    assertThat(create("block_senders", body))
        .singleElement()
        .satisfies(fault -> assertThat(fault.reason()).contains(reason));
  }

  @Test
  void aRegularExpressionMustBeOneInJava() {
    assertThat(create("block_senders", BLOCK.replace("false", "true"))).isEmpty();
    assertThat(create("block_senders", BLOCK.replace("false", "true").replace("example.com", "a(")))
        .extracting(Fault::field)
        .containsExactly("pattern");
    assertThat(create("impersonation_registry", PERSON.replace("false", "true"))).isEmpty();
  }

  @Test
  void readOnlyAndDeprecatedFieldsAreNotJudged() {
    assertThat(
            create(
                "block_senders",
                BLOCK.replace("}", ",'id':7,'created_at':[],'last_modified':null,'x':{}}")))
        .isEmpty();
    assertThat(edit("allow_policies", "{'is_sender':'yes'}")).isEmpty();
    assertThat(edit("domains", "{'status':9,'authorization':'x'}")).isEmpty();
  }

  private static List<Fault> create(String resource, String body) {
    return Validation.faults(Catalog.get(resource), object(body), Purpose.CREATE, Level.STRICT);
  }

  private static List<Fault> edit(String resource, String body) {
    return Validation.faults(Catalog.get(resource), object(body), Purpose.EDIT, Level.STRICT);
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }
}
