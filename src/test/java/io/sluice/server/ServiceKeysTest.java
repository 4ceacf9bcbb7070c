package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.LogLines;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Operators list, make and remove keys while the service runs. */
final class ServiceKeysTest {
  @RegisterExtension private final ServiceRig rig = new ServiceRig();

  @Test
  void aKeyIsMadeShownOnceUsedAndRemoved() {
    try (LogLines log = LogLines.of("io.sluice.job.keys.KeyRegister")) {
      Visitor.Reply made = make("'name':'ci','role':'operator','expires_in':'90d'");
      assertThat(made.status()).describedAs(made.text()).isEqualTo(201);
      String key = made.json().path("key").asString();
      String id = made.json().path("id").asString();
      assertThat(made.header("Location")).isEqualTo("/v1/keys/" + id);
      assertThat(made.header("Cache-Control")).isEqualTo("no-store");
      assertThat(Instant.parse(made.json().path("expires_at").asString()))
          .isBetween(
              Instant.now().plus(Duration.ofDays(89)), Instant.now().plus(Duration.ofDays(91)));

      Visitor ci = rig.stranger().with("Authorization", "Bearer " + key);
      Visitor.Reply listed = ci.get("/v1/keys");
      assertThat(listed.status()).isEqualTo(200);
      JsonNode own = named(listed.json(), "ci");
      assertThat(own.path("id").asString()).isEqualTo(id);
      assertThat(own.path("used_at").isNull()).isFalse();
      assertThat(own.path("expired").booleanValue()).isFalse();
      assertThat(listed.text())
          .doesNotContain("slk_", "hash", io.sluice.job.keys.ApiKeys.hash(key));

      assertThat(rig.operator().delete("/v1/keys/" + id).status()).isEqualTo(204);
      assertThat(ci.get("/v1/keys").status()).isEqualTo(401);
      assertThat(rig.operator().delete("/v1/keys/" + id).status()).isEqualTo(404);
      assertThat(rig.operator().delete("/v1/keys/x").status()).isEqualTo(404);
      assertThat(log.all()).hasSize(2);
      assertThat(log.all().get(0)).contains("key 'ci' (operator, expires 20", "made by op-");
      assertThat(log.all().get(1)).contains("key 'ci' (operator) was removed by op-");
      assertThat(String.join("", log.all())).doesNotContain(key);
    }
  }

  @Test
  void viewersSeeNothingOfKeys() {
    assertThat(rig.viewer().get("/v1/keys").status()).isEqualTo(403);
    assertThat(rig.viewer().post("/v1/keys", "{\"name\":\"n\",\"role\":\"viewer\"}").status())
        .isEqualTo(403);
    assertThat(rig.viewer().delete("/v1/keys/1").status()).isEqualTo(403);
  }

  @Test
  void theLastOperatorsKeyIsNotRemoved() {
    String own = operatorsId();
    Visitor.Reply refused = rig.operator().delete("/v1/keys/" + own);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("last_operator");
    assertThat(rig.operator().get("/v1/keys").status()).isEqualTo(200);

    Visitor.Reply second = make("'name':'second','role':'operator'");
    Visitor other =
        rig.stranger().with("Authorization", "Bearer " + second.json().path("key").asString());
    assertThat(rig.operator().delete("/v1/keys/" + own).status()).isEqualTo(204);
    assertThat(other.delete("/v1/keys/" + second.json().path("id").asString()).code())
        .isEqualTo("last_operator");
  }

  @Test
  void aRepeatedRequestMakesOneKeyAndDoesNotShowItAgain() {
    Visitor keyed = rig.operator().with("Idempotency-Key", "k");
    String body = "{\"name\":\"ci\",\"role\":\"viewer\"}";
    Visitor.Reply first = keyed.post("/v1/keys", body);
    Visitor.Reply again = keyed.post("/v1/keys", body);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(again.json().path("key").isNull()).isTrue();
    assertThat(keyed.post("/v1/keys", body.replace("ci", "cd")).code())
        .isEqualTo("idempotency_key_reused");
    Visitor.Reply taken = rig.operator().post("/v1/keys", body);
    assertThat(taken.status()).isEqualTo(422);
    assertThat(taken.text()).contains("there is a key named 'ci' already");
    assertThat(rig.operator().get("/v1/keys").json().path("items")).hasSize(3);
  }

  @Test
  void aNameMayHaveTheLettersOfAnyLanguage() {
    assertThat(make("'name':'größl/no','role':'viewer'").status()).isEqualTo(422);
    assertThat(make("'name':'größl','role':'viewer'").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'name':'a','role':'admin' | 400 | role: it is viewer, operator or approver",
        "'name':'a' | 400 | 'role' is missing",
        "'name':'a/b','role':'viewer' | 422 | a key's name has 1 to 64",
        "'name':'a','role':'viewer','expires_in':'soon' | 400 | expires_in: 'soon' is not",
        "'name':'a','role':'viewer','expires_in':'0d' | 400 | must not have expired",
        "'name':'a','role':'viewer','expires_at':'2020-01-01' | 400 | must not have expired",
        "'name':'a','role':'viewer','expires_at':'2027-02-30' | 400 | expires_at: '2027-02-30' is",
        "'name':'a','role':'viewer','expires_at':'90d' | 400 | expires_at: '90d' is not a time",
        "'name':'a','role':'viewer','expires_in':'1d','expires_at':'2099-01-01' | 400 | not both",
        "'name':'a','role':'viewer','expires':'1d' | 400 | expires"
      })
  void whatCannotBeMadeIsRefused(String properties, int status, String detail) {
    Visitor.Reply reply = make(properties);
    assertThat(reply.status()).describedAs(reply.text()).isEqualTo(status);
    assertThat(reply.json().path("detail").asString()).contains(detail);
    assertThat(rig.operator().get("/v1/keys").json().path("items")).hasSize(2);
  }

  private Visitor.Reply make(String properties) {
    return rig.operator().post("/v1/keys", "{" + properties.replace('\'', '"') + "}");
  }

  private String operatorsId() {
    for (JsonNode item : rig.operator().get("/v1/keys").json().path("items")) {
      if (item.path("role").asString().equals("operator")) {
        return item.path("id").asString();
      }
    }
    throw new AssertionError("there is an operator's key");
  }

  private static JsonNode named(JsonNode page, String name) {
    for (JsonNode item : page.path("items")) {
      if (item.path("name").asString().equals(name)) {
        return item;
      }
    }
    throw new AssertionError("no key " + name);
  }
}
