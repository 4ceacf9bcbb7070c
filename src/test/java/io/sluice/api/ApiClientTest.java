package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.CallFailure.Kind;
import io.sluice.hash.Hash64;
import io.sluice.sandbox.RequestLog;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What each call does to the account, how often it is sent, and what its failures tell. */
final class ApiClientTest {
  private static final String LIST = "block_senders";
  private static final String NEW =
      "{'pattern':'new.example','pattern_type':'DOMAIN','is_regex':false}";

  private final Sandbox sandbox = Sandbox.builder().start();
  private final ApiRig rig = ApiRig.to(sandbox);

  @AfterEach
  void stop() {
    rig.close();
    sandbox.close();
  }

  @Test
  void nothingIsSentBeforeSomebodySubscribes() {
    Mono<Written> create = rig.create(NEW);
    assertThat(create).isNotNull();
    assertThat(sandbox.requestLog().total()).isZero();
    assertThat(rig.client.requests()).isZero();
  }

  @Test
  void aCreateMakesOneRecordAndBringsIt() {
    ObjectNode made = ApiRig.done(rig.create(NEW)).record();
    assertThat(sandbox.account().records(LIST)).containsExactly(made);
    assertThat(made.path("pattern").asString()).isEqualTo("new.example");
  }

  @Test
  void aCreateWhoseAnswerIsLostIsSentOnce() {
    for (Fault fault :
        List.of(
            Fault.reset().afterEffect(),
            Fault.truncated(),
            Fault.halfJson(),
            Fault.huge(65L << 20),
            Fault.wrongShape().afterEffect(),
            Fault.html(502).afterEffect(),
            Fault.status(500).afterEffect(),
            Fault.failure(1001, "internal").afterEffect())) {
      sandbox.requestLog().reset();
      sandbox.faults().clear();
      sandbox.faults().onCreate(LIST).then(fault);
      String body = NEW.replace("new", "n" + sandbox.account().count(LIST));

      Kind kind = ApiRig.failure(rig.create(body)).kind();

      assertThat(kind).describedAs("%s", fault).isIn(Kind.UNANSWERED, Kind.SERVER_ERROR);
      assertThat(sandbox.requestLog().count("POST /" + LIST)).describedAs("%s", fault).isEqualTo(1);
    }
    assertThat(sandbox.account().creations(LIST)).hasSize(8).containsValue(1);
  }

  @Test
  void aCreateThatWasThrottledIsSentAgain() {
    sandbox.faults().onCreate(LIST).times(2).then(Fault.tooManyRequests(Duration.ofSeconds(0)));
    ApiRig.done(rig.create(NEW));
    assertThat(sandbox.requestLog().count("POST /" + LIST)).isEqualTo(3);
    assertThat(sandbox.account().count(LIST)).isEqualTo(1);
    assertThat(rig.client.requests()).isEqualTo(3);
  }

  @Test
  void anEditIsSentAgainUntilItsAnswerCanBeRead() {
    sandbox.account().seed(LIST, 1);
    sandbox.faults().onMethod("PATCH").nth(1).then(Fault.reset().afterEffect());
    sandbox.faults().onMethod("PATCH").nth(2).then(Fault.html(520));
    sandbox.faults().onMethod("PATCH").nth(3).then(Fault.notJson());
    ObjectNode edited = ApiRig.done(rig.edit(firstId(), "{'comments':'x'}")).record();

    assertThat(edited.path("comments").asString()).isEqualTo("x");
    assertThat(sandbox.account().records(LIST)).containsExactly(edited);
    assertThat(rig.client.requests()).isEqualTo(4);
  }

  @Test
  void aRecordIsGotAndDeletedByItsId() {
    sandbox.account().seed(LIST, 2);
    ObjectNode got = ApiRig.done(rig.client.get(ApiRig.BLOCKS, firstId()));
    assertThat(got).isEqualTo(sandbox.account().records(LIST).get(0));

    ApiRig.done(rig.delete(firstId()));
    assertThat(sandbox.account().records(LIST)).hasSize(1).doesNotContain(got);
  }

  @Test
  void aWriteTellsStatusRayAndHowOftenItWasSent() {
    sandbox.faults().onCreate(LIST).times(2).then(Fault.tooManyRequests(Duration.ofSeconds(0)));
    AttemptCount attempts = new AttemptCount();
    Written made = ApiRig.done(rig.client.create(ApiRig.BLOCKS, ApiRig.object(NEW), attempts));

    assertThat(made.httpStatus()).isEqualTo(sandbox.requestLog().calls().get(2).status());
    assertThat(made.ray()).isNotBlank();
    assertThat(attempts.made()).isEqualTo(3);
  }

  @Test
  void anAnswerAboutAnotherRecordIsUnreadable() {
    sandbox.account().seed(LIST, 1);
    Fault.Reply other = reply(200, success("{'id':'other','pattern':'other.example'}"));
    sandbox.faults().onMethod("POST").times(1).then(other);
    sandbox.faults().onMethod("PATCH").times(1).then(other);

    assertThat(ApiRig.failure(rig.create(NEW)).kind()).isEqualTo(Kind.UNANSWERED);
    Written edited = ApiRig.done(rig.edit(firstId(), "{'comments':'x'}"));

    assertThat(sandbox.requestLog().count("POST /" + LIST)).isEqualTo(1);
    assertThat(sandbox.requestLog().count("PATCH /" + LIST + "/{id}")).isEqualTo(2);
    assertThat(edited.record().path("id").asString()).isEqualTo(firstId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'id':'x'}",
        "{'pattern':'NEW.example','pattern_type':'DOMAIN'}",
        "{'pattern':' new.example. ','pattern_type':'domain'}"
      })
  void aServerMaySpellARecordInItsOwnWay(String record) {
    sandbox.faults().everywhere().then(reply(200, success(record)));
    assertThat(ApiRig.done(rig.create(NEW)).record()).isEqualTo(ApiRig.object(record));
  }

  @Test
  void anIdThatIsANumberInTheAnswerIsTheSameId() {
    sandbox.faults().everywhere().then(reply(200, success("{'id':17}")));
    assertThat(ApiRig.done(rig.edit("17", "{}")).httpStatus()).isEqualTo(200);
  }

  @Test
  void aDeleteThatHadBeenCarriedOutIsDone() {
    for (Fault fault :
        List.of(Fault.reset().afterEffect(), Fault.truncated(), Fault.wrongShape().afterEffect())) {
      sandbox.account().seed(LIST, 1);
      sandbox.faults().clear();
      sandbox.faults().onMethod("DELETE").times(1).then(fault);
      AttemptCount attempts = new AttemptCount();

      Written deleted = ApiRig.done(rig.client.delete(ApiRig.BLOCKS, firstId(), attempts));

      assertThat(deleted.httpStatus()).describedAs("%s", fault).isEqualTo(404);
      assertThat(deleted.record()).isEmpty();
      assertThat(deleted.ray()).isNotBlank();
      assertThat(attempts.made()).isEqualTo(2);
      assertThat(sandbox.account().count(LIST)).isZero();
    }
  }

  @Test
  void aDeleteOfWhatIsNotThereIsAnErrorAtFirst() {
    ApiException missing = ApiRig.failure(rig.delete("nobody"));
    assertThat(missing.kind()).isEqualTo(Kind.FINAL);
    assertThat(missing.httpStatus()).isEqualTo(404);
    assertThat(rig.client.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}"})
  void aDeleteNeedNotTellOfTheRecord(String result) {
    sandbox.faults().everywhere().then(reply(200, success(result)));
    Written deleted = ApiRig.done(rig.delete("x"));
    assertThat(deleted.record()).isEmpty();
    assertThat(deleted.httpStatus()).isEqualTo(200);
  }

  @Test
  void theNewestRecordsComeFirstIfAskedFor() {
    sandbox.account().seed(LIST, 5);
    List<ObjectNode> newest = new ArrayList<>(sandbox.account().records(LIST));
    Collections.reverse(newest);
    Listing listing = Listing.of(ApiRig.BLOCKS).newestFirst().perPage(3);
    Page page = ApiRig.done(rig.client.page(listing, 1, Hash64.keyed(1)));

    assertThat(IntStream.range(0, page.count()).mapToObj(page::record))
        .isEqualTo(newest.subList(0, 3));
    assertThat(sandbox.requestLog().calls().get(0).query())
        .isEqualTo("order=created_at&direction=desc&per_page=3&page=1");
  }

  @Test
  void whatIsNotThereIsAFinalAnswerOf404() {
    ApiException missing = ApiRig.failure(rig.client.get(ApiRig.BLOCKS, "nobody"));
    assertThat(missing.kind()).isEqualTo(Kind.FINAL);
    assertThat(missing.httpStatus()).isEqualTo(404);
    assertThat(missing.ray()).isNotBlank();
    assertThat(rig.client.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "../domains",
        "/..",
        "a?b=c",
        "a#b",
        "a%2Fb",
        "%2e%2e",
        "a;b",
        "a b",
        "ä",
        "🦊",
        "a\\b",
        "a+b",
        "a&b",
        "...",
        "a\nb",
        "\u0000"
      })
  void anIdNeverLeavesItsPathSegment(String id) {
    sandbox.account().seed(LIST, 1);
    assertThat(ApiRig.failure(rig.delete(id)).httpStatus()).isEqualTo(404);

    RequestLog.Call call = sandbox.requestLog().calls().get(0);
    String prefix = "/client/v4/accounts/" + ApiRig.ACCOUNT + "/email-security/settings/";
    assertThat(call.path()).isEqualTo("/block_senders/{id}");
    assertThat(call.uri()).startsWith(prefix + "block_senders/");
    String segment = call.uri().substring((prefix + "block_senders/").length());
    assertThat(segment).matches("[A-Za-z0-9._*%-]+");
    assertThat(java.net.URLDecoder.decode(segment, java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(id);
    assertThat(sandbox.account().count(LIST)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void anIdThatNoPathCanHoldIsRefusedUnsent(String id) {
    List<Mono<?>> calls =
        List.of(rig.client.get(ApiRig.BLOCKS, id), rig.delete(id), rig.edit(id, "{}"));
    for (Mono<?> call : calls) {
      ApiException refused = ApiRig.failure(call);
      assertThat(refused.kind()).isEqualTo(Kind.FINAL);
      assertThat(refused).hasMessageContaining("'" + id + "' is not an id");
    }
    assertThat(sandbox.requestLog().total()).isZero();
  }

  @Test
  void filtersAreEscapedInTheQuery() {
    String odd = "a&b=c d+e%#ä";
    Listing listing = Listing.of(Catalog.get("domains")).where(Map.of("domain", List.of(odd, "x")));
    ApiRig.done(rig.client.page(listing, 2, Hash64.keyed(1)));

    assertThat(sandbox.requestLog().calls().get(0).query())
        .isEqualTo(
            "order=created_at&direction=asc&per_page=1000&page=2"
                + "&domain=a%26b%3Dc%20d%2Be%25%23%C3%A4&domain=x");
  }

  @Test
  void anErrorTellsStatusCodeMessagePointerAndRay() {
    sandbox.faults().everywhere().then(Fault.status(400, 1234, "bad pattern", "/pattern"));
    ApiException refused = ApiRig.failure(rig.create(NEW));

    assertThat(refused.kind()).isEqualTo(Kind.FINAL);
    assertThat(refused.httpStatus()).isEqualTo(400);
    assertThat(refused.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.code()).isEqualTo(1234);
              assertThat(error.pointer()).isEqualTo("/pattern");
            });
    assertThat(refused.ray()).isNotBlank();
    assertThat(refused)
        .hasMessageContaining("POST block_senders")
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("1234 bad pattern");
  }

  @Test
  void retryAfterIsToldInSecondsAndAsADate() {
    try (ApiRig once = ApiRig.once(sandbox)) {
      sandbox.faults().everywhere().times(1).then(retryAfter("7"));
      sandbox.faults().everywhere().skip(1).then(retryAfter("Sun, 06 Nov 1994 08:49:37 GMT"));
      assertThat(once.noFirstPage().retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(once.noFirstPage().retryAfter()).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void noSecretIsToldWhateverTheAnswerRepeats() {
    String secret = "s3cret-t0ken";
    for (Fault.Reply fault :
        List.of(
            Fault.status(400, 1, "token " + secret + " is bad", "/" + secret),
            Fault.failure(1, "not " + secret),
            reply(200, secret),
            reply(200, "{\"success\":" + secret + "}"),
            reply(500, "{\"errors\":[{\"message\":\"" + secret + "\"}]}"),
            reply(400, "{\"errors\":[{\"documentation_url\":\"" + secret + "\"}]}"))) {
      sandbox.faults().clear();
      sandbox.faults().everywhere().then(fault);
      try (ApiRig leaky = ApiRig.once(sandbox.baseUrl(), secret, ApiRig.options())) {
        for (ApiException error :
            List.of(leaky.noFirstPage(), ApiRig.failure(leaky.client.get(ApiRig.BLOCKS, "x")))) {
          StringWriter trace = new StringWriter();
          error.printStackTrace(new PrintWriter(trace));
          assertThat(trace + " " + error.errors())
              .describedAs("%s", fault)
              .doesNotContain("s3cret")
              .doesNotContain("t0ken");
        }
      }
    }
  }

  @Test
  void theRestOfAMessageStaysReadable() {
    Credential pair = Credential.emailAndKey(sandbox.email(), sandbox.apiKey());
    try (ApiRig other = ApiRig.to(sandbox.baseUrl(), pair, ApiRig.options(), 1)) {
      sandbox.faults().everywhere().then(Fault.status(400, 1, "plain words"));
      assertThat(other.noFirstPage()).hasMessageContaining("plain words");
    }
  }

  @Test
  void emailAndKeyOpenTheAccountToo() {
    Credential pair = Credential.emailAndKey(sandbox.email(), sandbox.apiKey());
    try (ApiRig other = ApiRig.to(sandbox.baseUrl(), pair, ApiRig.options(), 1)) {
      assertThat(other.firstPage().count()).isZero();
    }
  }

  @Test
  void cancellingACallClosesItsConnection() {
    sandbox.faults().everywhere().then(Fault.silence());
    Mono<Page> page = rig.client.page(Listing.of(ApiRig.BLOCKS), 1, Hash64.keyed(1));
    assertThat(
            page.map(Page::count)
                .timeout(Duration.ofMillis(300))
                .onErrorReturn(-1)
                .block(Duration.ofSeconds(5)))
        .isEqualTo(-1);
    sandbox.faults().clear();
    assertThat(rig.firstPage().count()).isZero();
  }

  private static Fault.Reply retryAfter(String value) {
    return new Fault.Reply(false, 503, "text/plain", "", Map.of("retry-after", value));
  }

  private static Fault.Reply reply(int status, String body) {
    return new Fault.Reply(false, status, "application/json", body, Map.of());
  }

  private static String success(String result) {
    return ("{'success':true,'errors':[],'messages':[],'result':" + result + "}")
        .replace('\'', '"');
  }

  private String firstId() {
    return sandbox.account().records(LIST).get(0).get("id").stringValue();
  }
}
