package io.sluice.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.Caller;
import io.sluice.sandbox.Sandbox;
import io.sluice.server.RawCall;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private final Sandbox sandbox = Sandbox.builder().account("one").account("two").start();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aCallWithoutAKnownCredentialIsNotAuthenticated() {
    assertThat(Caller.with(sandbox, Map.of()).get("domains").status()).isEqualTo(401);
    var wrong = bearer("wrong").get("domains");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.error().path("code").intValue()).isEqualTo(10000);
    assertThat(wrong.json().propertyNames())
        .containsExactly("success", "errors", "messages", "result");
  }

  @Test
  void theOlderPairOfHeadersIsAccepted() {
    var pair = Map.of("X-Auth-Email", sandbox.email(), "X-Auth-Key", sandbox.apiKey());
    assertThat(Caller.with(sandbox, pair).get("domains").status()).isEqualTo(200);
    var half = Map.of("X-Auth-Email", "other@example.com", "X-Auth-Key", sandbox.apiKey());
    assertThat(Caller.with(sandbox, half).get("domains").status()).isEqualTo(401);
  }

  @Test
  void aReadOnlyTokenReadsAndDoesNotWrite() {
    Caller reader = bearer(sandbox.readOnlyToken());
    assertThat(reader.get("domains").status()).isEqualTo(200);
    assertThat(reader.post("block_senders", "{}").status()).isEqualTo(403);
  }

  @Test
  void aRevokedTokenIsRefusedUntilItIsRestored() {
    sandbox.revoke(sandbox.token());
    assertThat(caller.get("domains").status()).isEqualTo(401);
    sandbox.restore(sandbox.token());
    assertThat(caller.get("domains").status()).isEqualTo(200);
  }

  @Test
  void anAccountWithoutEmailSecurityIsNotEntitled() {
    sandbox.account("two").entitled(false);
    var refused = caller.get("/accounts/two/email-security/settings/domains");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error().path("message").stringValue())
        .contains("not available in the current subscription");
    assertThat(caller.get("domains").status()).isEqualTo(200);
  }

  @Test
  void accountsAreApart() {
    sandbox.account("two").seed("domains", 3);
    assertThat(caller.get("domains").result().size()).isZero();
    assertThat(caller.get("/accounts/two/email-security/settings/domains").result().size())
        .isEqualTo(3);
    assertThatThrownBy(() -> sandbox.account("three")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/accounts/three/email-security/settings/domains,404",
    "GET,/accounts/one/email-security/settings/elsewhere,404",
    "GET,/accounts/one/email-security/settings/block-senders,404",
    "GET,/zones,404",
    "GET,domains/no-such-id,404",
    "DELETE,domains,405",
    "PUT,block_senders/x,405",
    "POST,block_senders/x,405",
    "POST,impersonation_registry/batch,404",
    "GET,block_senders/batch,405"
  })
  void whatIsNotThereIsNotFound(String method, String path, int status) {
    assertThat(caller.call(method, path, "").status()).isEqualTo(status);
  }

  @Test
  void aBodyOfAnotherTypeIsNotSupported() {
    var headers = Map.of("Authorization", "Bearer " + sandbox.token(), "Content-Type", "text/csv");
    assertThat(Caller.with(sandbox, headers).post("block_senders", "a").status()).isEqualTo(415);
  }

  @RepeatedTest(10)
  void aBodyBeyondAllMeasureIsRefused() {
    assertThat(caller.post("block_senders", " ".repeat((40 << 20) + 1)).status()).isEqualTo(413);
    assertThat(caller.get("block_senders").status()).isEqualTo(200);
  }

  @Test
  void whoAsksBeforeSendingTooMuchIsToldWhyNot() throws IOException {
    try (RawCall call = new RawCall(sandbox.port())) {
      String head =
          """
          POST /client/v4/accounts/a/email-security/settings/block_senders HTTP/1.1
          Host: localhost
          Expect: 100-continue
          Content-Length: 40000000

          """;
      call.send(head.replace("\n", "\r\n"));
      assertThat(call.head())
          .startsWith("HTTP/1.1 413 ")
          .containsIgnoringCase("content-type: application/json");
    }
  }

  private Caller bearer(String token) {
    return Caller.with(sandbox, Map.of("Authorization", "Bearer " + token));
  }
}
