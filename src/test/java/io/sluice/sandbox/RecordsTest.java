package io.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static final String SENDER =
      "{\"pattern\":\"a@example.com\",\"pattern_type\":\"EMAIL\",\"is_regex\":false}";

  private final Sandbox sandbox = Sandbox.builder().start();
  private final SandboxAccount account = sandbox.account();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  static List<Resource> resources() {
    return Catalog.resources();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void everyResourceIsListedReadAndDeleted(Resource resource) {
    account.seed(resource.name(), 25);
    Caller.Heard list = caller.get(resource.name() + "?per_page=10&page=3");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.header("content-type")).isEqualTo("application/json");
    assertThat(list.header("cf-ray")).isNotEmpty();
    assertThat(list.json().path("result_info").toString())
        .isEqualTo("{\"count\":5,\"page\":3,\"per_page\":10,\"total_count\":25}");
    String id = list.result().path(4).path("id").stringValue();
    assertThat(caller.get(resource.name() + "/" + id).result()).isEqualTo(list.result().path(4));
    assertThat(caller.delete(resource.name() + "/" + id).body())
        .endsWith("\"result\":{\"id\":\"" + id + "\"}}");
    assertThat(caller.get(resource.name() + "/" + id).status()).isEqualTo(404);
    assertThat(account.count(resource.name())).isEqualTo(24);
  }

  @ParameterizedTest
  @MethodSource("resources")
  void whatIsSeededIsFitToBeSentBack(Resource resource) {
    account.seed(resource.name(), 10);
    for (var record : account.records(resource.name())) {
      String id = record.path("id").stringValue();
      var edited = caller.patch(resource.name() + "/" + id, record.toString());
      assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    }
    assertThat(resource.can(Ability.EDIT)).isTrue();
  }

  @Test
  void aCreatedRecordHasEveryFieldInTheOrderOfTheReference() {
    Caller.Heard created = caller.post("block_senders", SENDER);
    assertThat(created.status()).as(created.body()).isEqualTo(200);
    assertThat(created.result().propertyNames())
        .containsExactly(
            "id",
            "comments",
            "created_at",
            "is_regex",
            "last_modified",
            "modified_at",
            "pattern",
            "pattern_type");
    assertThat(created.result().path("comments").isNull()).isTrue();
    assertThat(account.creations("block_senders")).containsEntry("EMAIL|a@example.com", 1);
  }

  @Test
  void theSameNaturalKeyIsCreatedOnce() {
    caller.post("block_senders", SENDER);
    Caller.Heard again = caller.post("block_senders", SENDER);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error().at("/source/pointer").stringValue()).isEqualTo("/pattern");
    assertThat(account.count("block_senders")).isEqualTo(1);
  }

  @Test
  void anEditChangesOnlyWhatItGives() {
    String id = caller.post("block_senders", SENDER).result().path("id").stringValue();
    var before = account.records("block_senders").get(0);
    var edited = caller.patch("block_senders/" + id, "{\"comments\":\"new\"}").result();
    assertThat(edited.path("comments").stringValue()).isEqualTo("new");
    assertThat(edited.path("pattern")).isEqualTo(before.path("pattern"));
    assertThat(edited.path("created_at")).isEqualTo(before.path("created_at"));
    assertThat(edited.path("modified_at")).isNotEqualTo(before.path("modified_at"));
  }

  @Test
  void anEditKeepsTheBytesThatItDoesNotTouch() {
    String raw =
        "{\"id\":\"x\",\"comments\":\"\\u0041\\/\",\"x_n\":1e400,\"pattern\":\"b.example\","
            + "\"pattern_type\":\"DOMAIN\",\"modified_at\":\"\",\"last_modified\":\"\"}";
    account.load("block_senders", List.of(raw.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(caller.get("block_senders/x").body()).contains(raw);
    caller.patch("block_senders/x", "{\"is_regex\":false}");
    assertThat(caller.get("block_senders/x").body())
        .contains("\"comments\":\"\\u0041\\/\",\"x_n\":1e400,\"pattern\":\"b.example\"");
  }

  @Test
  void anEditThatCollidesIsAConflict() {
    caller.post("block_senders", SENDER);
    String id =
        caller.post("block_senders", SENDER.replace("a@", "b@")).result().path("id").stringValue();
    assertThat(caller.patch("block_senders/" + id, "{\"pattern\":\"a@example.com\"}").status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"pattern\":", "[]", "\"text\"", ""})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(caller.post("block_senders", body).status()).isEqualTo(400);
  }

  @Test
  void faultsOfABodyAreNamedOneByOne() {
    var refused = caller.post("block_senders", "{\"pattern\":\"\",\"pattern_type\":\"UNKNOWN\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").valueStream())
        .extracting(error -> error.at("/source/pointer").stringValue())
        .containsExactly("/pattern", "/pattern_type", "/is_regex");
  }

  @Test
  void anEditedPatternIsReadBesideTheStoredType() {
    String id = caller.post("block_senders", SENDER).result().path("id").stringValue();
    assertThat(caller.patch("block_senders/" + id, "{\"pattern\":\"no address\"}").status())
        .isEqualTo(400);
  }

  @Test
  void domainsKeepTheirNameAndAreNotCreated() {
    account.seed("domains", 1);
    String id = account.records("domains").get(0).path("id").stringValue();
    assertThat(caller.patch("domains/" + id, "{\"domain\":\"other.example\"}").status())
        .isEqualTo(400);
    var edited = caller.patch("domains/" + id, "{\"folder\":\"Inbox\",\"status\":\"failed\"}");
    assertThat(edited.result().path("folder").stringValue()).isEqualTo("Inbox");
    assertThat(edited.result().path("status").stringValue()).isEqualTo("pending");
    assertThat(caller.post("domains", "{}").status()).isEqualTo(405);
  }

  @Test
  void whatADirectoryKeepsIsNeitherEditedNorDeleted() {
    String raw =
        "{\"id\":\"p\",\"name\":\"A\",\"email\":\"a@example.com\","
            + "\"provenance\":\"SNOOPY-OFFICE_365\"}";
    account.load(
        "impersonation_registry", List.of(raw.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    var edited = caller.patch("impersonation_registry/p", "{\"name\":\"B\"}");
    assertThat(edited.status()).isEqualTo(403);
    assertThat(edited.error().path("message").stringValue()).contains("'p'");
    assertThat(caller.delete("impersonation_registry/p").status()).isEqualTo(403);
    assertThat(account.count("impersonation_registry")).isEqualTo(1);
  }
}
