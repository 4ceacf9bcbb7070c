package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.flow.retry.CallFailure.Kind;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer that is not the API's is told as what it is, and what the API says besides is heard.
 */
final class ForeignAnswerTest {
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aPageOfAFirewallIsNoMissingPermission() {
    sandbox.faults().everywhere().then(Fault.firewall());
    try (ApiRig rig = ApiRig.to(sandbox)) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.WEB_PAGE);
      assertThat(refused.ray()).isNotBlank();
      assertThat(refused)
          .hasMessageContaining("HTTP 403, by a web page of Cloudflare's edge")
          .hasMessageContaining("'Attention Required! | Cloudflare: Sorry, you have been blocked")
          .hasMessageNotContaining("margin");
      assertThat(ApiRig.blocked(rig.edit("7", "{'comments':'x'}"))).contains("HTTP 403");
      assertThat(sandbox.requestLog().total()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401,BLOCKED",
    "403,BLOCKED",
    "451,BLOCKED",
    "407,BLOCKED",
    "511,BLOCKED",
    "404,FINAL",
    "400,FINAL"
  })
  void aProxysPageIsToldAsThat(int status, Kind kind) throws IOException {
    byte[] answer = page(status + " No", "<html><head><title>Blocked &amp; logged</title></head>");
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = plain(server)) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(kind);
      assertThat(refused.obstacle())
          .isEqualTo(status == 407 ? Obstacle.PROXY_LOGIN : Obstacle.WEB_PAGE);
      assertThat(refused)
          .hasMessageContaining("by a web page of a proxy, a firewall or a portal that says")
          .hasMessageContaining("'Blocked & logged'");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void aPlainTextRefusalIsQuoted() {
    sandbox.faults().everywhere().then(Fault.reply(403, "text/plain", "error code: 1020"));
    try (ApiRig rig = ApiRig.to(sandbox)) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(refused).hasMessageContaining("a plain text of Cloudflare's edge that says");
      assertThat(refused).hasMessageContaining("'error code: 1020'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html"})
  void theApisOwnRefusalIsBelievedWhateverItsType(String type) {
    String body = "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"no\"}]}";
    sandbox.faults().everywhere().then(Fault.reply(403, type, body));
    try (ApiRig rig = ApiRig.to(sandbox)) {
      ApiException refused = rig.noFirstPage();
      assertThat(refused.kind()).isEqualTo(Kind.FINAL);
      assertThat(refused.obstacle()).isNull();
      assertThat(refused).hasMessageEndingWith("HTTP 403: 10000 no");
    }
  }

  @Test
  void aPortalThatAnswersInPlaceOfTheApiEndsTheRunAfterOneTry() throws IOException {
    byte[] answer = page("200 OK", "<!DOCTYPE html><title>Sign in to Guest Wi-Fi</title>");
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = plain(server)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(failed.obstacle()).isEqualTo(Obstacle.WEB_PAGE);
      assertThat(failed).hasMessageContaining("HTTP 200").hasMessageContaining("Sign in to Guest");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void aWriteThatAPortalAnswersMayHaveBeenCarriedOut() throws IOException {
    byte[] answer = page("200 OK", "<!DOCTYPE html><title>Sign in to Guest Wi-Fi</title>");
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = plain(server)) {
      ApiException lost = ApiRig.failure(rig.create("{'pattern':'a.example'}"));
      assertThat(lost.kind()).isEqualTo(Kind.UNANSWERED);
    }
  }

  @ParameterizedTest
  @CsvSource({"10000,BLOCKED,6", "9109,BLOCKED,6", "1004,UNANSWERED,1"})
  void aFailureWithStatus200KeepsItsCodeAndARefusedCredentialEndsTheRun(
      int code, Kind kind, int attempts) {
    sandbox.faults().everywhere().then(Fault.failure(code, "no entry"));
    Credential credential = Credential.token(sandbox.token());
    try (ApiRig rig = ApiRig.to(sandbox.baseUrl(), credential, ApiRig.options(), attempts)) {
      ApiException failed = rig.noFirstPage();
      assertThat(failed.kind()).isEqualTo(kind);
      assertThat(failed).hasMessageEndingWith("does not say success (" + code + " no entry)");
      assertThat(sandbox.requestLog().total()).isEqualTo(1);
    }
  }

  @Test
  void errorsBesideASuccessAreHeard() {
    List<String> heard = new CopyOnWriteArrayList<>();
    String answer =
        "{\"success\":true,\"errors\":[{\"code\":1004,\"message\":\"half of it\"},{\"code\":7}],"
            + "\"messages\":[],\"result\":";
    sandbox.faults().onMethod("GET").then(Fault.reply(200, Fault.JSON, answer + "[]}"));
    sandbox.faults().onMethod("PATCH").then(Fault.reply(200, Fault.JSON, answer + "{}}"));
    try (ApiRig rig = ApiRig.heardBy(sandbox, heard::add)) {
      rig.firstPage();
      ApiRig.done(rig.edit("7", "{'comments':'x'}"));
      assertThat(heard)
          .containsExactly(
              "error beside a success: 1004 half of it", "error beside a success: code 7");
    }
  }

  @Test
  void whatHasNeitherIdNorKeyIsNoRecord() {
    sandbox.faults().everywhere().then(list("{\"id\":\"7\"},{\"secret\":\"x\",\"n\":1}"));
    try (ApiRig rig = ApiRig.once(sandbox)) {
      assertThat(rig.noFirstPage())
          .hasMessageEndingWith(
              "record 2 of page 1 has no 'id' and no 'pattern_type', 'pattern'; it holds secret, n");
    }
  }

  @Test
  void aRecordWithoutTheIdThatItsKindPromisesIsNoRecord() {
    sandbox.faults().everywhere().then(list("{\"pattern\":\"a.example\"}"));
    try (ApiRig rig = ApiRig.once(sandbox)) {
      Listing policies = Listing.of(Catalog.get("allow_policies"));
      assertThat(ApiRig.failure(rig.client.page(policies, 1, Hash64.keyed(1))))
          .hasMessageEndingWith("record 1 of page 1 has no 'id'; it holds pattern");
    }
  }

  @Test
  void aRecordWithoutAnIdThatIsNotPromisedIsKeptAndSpokenOf() {
    List<String> heard = new CopyOnWriteArrayList<>();
    sandbox.faults().everywhere().then(list("{\"pattern\":\"a.example\"},{\"id\":\"7\"}"));
    try (ApiRig rig = ApiRig.heardBy(sandbox, heard::add)) {
      assertThat(rig.firstPage().count()).isEqualTo(2);
      rig.firstPage();
      assertThat(heard).singleElement().asString().startsWith("no id for some records of block-");
    }
  }

  private static Fault list(String records) {
    return Fault.reply(200, Fault.JSON, "{\"success\":true,\"result\":[" + records + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://login.corp.example/sso?ticket=s3cret|host login.corp.example",
        "https://127.0.0.1/other|another address of 127.0.0.1",
        "/login?ticket=s3cret|another address",
        "::s3cret|another address"
      })
  void aRedirectNamesTheHostItLeadsToAndNoMore(String location, String named) {
    sandbox.faults().everywhere().then(Fault.redirect(location));
    try (ApiRig rig = ApiRig.to(sandbox)) {
      ApiException redirected = rig.noFirstPage();
      assertThat(redirected.obstacle()).isEqualTo(Obstacle.REDIRECT);
      assertThat(redirected)
          .hasMessageContaining("it sends the caller to " + named)
          .hasMessageNotContaining("s3cret");
      assertThat(sandbox.requestLog().total()).isEqualTo(1);
    }
  }

  @Test
  void aDeleteAnsweredByAPageIsNotTakenForDone() {
    sandbox.faults().onMethod("DELETE").times(1).then(Fault.status(503));
    sandbox.faults().onMethod("DELETE").then(Fault.html(404));
    try (ApiRig rig = ApiRig.to(sandbox)) {
      ApiException refused = ApiRig.failure(rig.delete("7"));
      assertThat(refused.httpStatus()).isEqualTo(404);
      assertThat(refused.obstacle()).isEqualTo(Obstacle.WEB_PAGE);
    }
  }

  @Test
  void theErrorChainIsPartOfWhatIsSaid() {
    String body =
        "{\"success\":false,\"errors\":[{\"code\":6003,\"message\":\"Invalid request headers\","
            + "\"error_chain\":[{\"code\":6111,\"message\":\"Invalid format\"}]}]}";
    sandbox.faults().everywhere().then(Fault.reply(400, Fault.JSON, body));
    try (ApiRig rig = ApiRig.to(sandbox)) {
      assertThat(rig.noFirstPage())
          .hasMessageEndingWith("6003 Invalid request headers: 6111 Invalid format");
    }
  }

  @Test
  void anEmptyListThatIsNullIsEmpty() {
    sandbox.faults().everywhere().then(Fault.emptyListIsNull());
    try (ApiRig rig = ApiRig.once(sandbox)) {
      assertThat(rig.firstPage().count()).isZero();
      sandbox.account().seed("block_senders", 3);
      assertThat(rig.firstPage().count()).isEqualTo(3);
    }
  }

  @Test
  void aNullListWithATotalIsAskedForAgainAndNamed() {
    sandbox.account().seed("block_senders", 3);
    String body =
        "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":null,"
            + "\"result_info\":{\"total_count\":3}}";
    sandbox.faults().everywhere().times(1).then(Fault.reply(200, Fault.JSON, body));
    try (ApiRig rig = ApiRig.to(sandbox)) {
      assertThat(rig.firstPage().count()).isEqualTo(3);
    }
    sandbox.faults().everywhere().then(Fault.reply(200, Fault.JSON, body));
    try (ApiRig rig = ApiRig.once(sandbox)) {
      assertThat(rig.noFirstPage()).hasMessageContaining("'result' is null, and the total is 3");
    }
  }

  @Test
  void whatTheApiSaysBesidesIsHeardOnceAndWithoutSecrets() {
    List<String> heard = new CopyOnWriteArrayList<>();
    String body =
        "{\"success\":true,\"errors\":[],\"messages\":[{\"code\":7,\"message\":\"soon gone\"},"
            + "{\"message\":\"seen "
            + sandbox.token()
            + "\"}],\"result\":[]}";
    sandbox.faults().everywhere().then(Fault.reply(200, Fault.JSON, body));
    try (ApiRig rig = ApiRig.heardBy(sandbox, heard::add)) {
      rig.firstPage();
      rig.firstPage();
      assertThat(heard).containsExactly("7 soon gone", "seen (hidden)");
    }
  }

  @Test
  void messagesOfRefusalsAndWritesAreHeardAndThereIsAnEndToThem() {
    List<String> heard = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 40; i++) {
      String body =
          "{\"success\":" + (i > 0) + ",\"messages\":[\"no " + i + "\"],\"result\":{\"id\":\"7\"}}";
      sandbox
          .faults()
          .everywhere()
          .nth(i + 1)
          .then(Fault.reply(i == 0 ? 400 : 200, Fault.JSON, body));
    }
    try (ApiRig rig = ApiRig.heardBy(sandbox, heard::add)) {
      ApiRig.failure(rig.edit("7", "{'comments':'x'}"));
      for (int i = 1; i < 40; i++) {
        ApiRig.done(rig.edit("7", "{'comments':'x'}"));
      }
      assertThat(heard)
          .hasSize(21)
          .startsWith("no 0", "no 1")
          .endsWith("and more, which is not shown");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7200,1", "x,0"})
  void anAnswerOutOfACacheIsReported(String age, int warnings) throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    byte[] answer =
        SmallServer.bytes(
            "HTTP/1.1 200 OK\r\nAge: " + age + "\r\n\r\n{\"success\":true,\"result\":[]}");
    try (SmallServer server = SmallServer.answering(answer);
        ApiRig rig = ApiRig.heardBy("http://127.0.0.1:" + server.port(), "tok-en", heard::add)) {
      rig.firstPage();
      rig.firstPage();
      assertThat(heard).hasSize(warnings).allMatch(text -> text.startsWith("a cache on the way"));
      assertThat(server.heads()).allMatch(head -> head.contains("cache-control: no-cache"));
    }
  }

  private static ApiRig plain(SmallServer server) {
    return ApiRig.to(
        "http://127.0.0.1:" + server.port(), Credential.token("test-token"), ApiRig.options(), 3);
  }

  private static byte[] page(String status, String html) {
    return SmallServer.bytes(
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: text/html\r\nContent-Length: "
            + html.length()
            + "\r\nConnection: close\r\n\r\n"
            + html);
  }
}
