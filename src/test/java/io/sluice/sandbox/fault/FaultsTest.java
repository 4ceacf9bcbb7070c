package io.sluice.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sandbox.Caller;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

class FaultsTest {
  private static final String ROW =
      "{\"pattern\":\"a.example\",\"pattern_type\":\"DOMAIN\",\"is_regex\":false}";

  private final Sandbox sandbox = Sandbox.builder().start();
  private final SandboxAccount account = sandbox.account();
  private final Faults faults = sandbox.faults();
  private final Caller caller = Caller.of(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void anErrorOfTheApiNamesCodeMessageAndPointer() {
    faults.onCreate("block_senders").then(Fault.status(400, 1234, "no", "/pattern"));
    var refused = caller.post("block_senders", ROW);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").toString())
        .isEqualTo("[{\"code\":1234,\"message\":\"no\",\"source\":{\"pointer\":\"/pattern\"}}]");
    assertThat(account.count("block_senders")).isZero();
  }

  @Test
  void anErrorMayComeAfterTheEffect() {
    faults.onMethod("POST").times(1).then(Fault.html(520).afterEffect());
    var lost = caller.post("block_senders", ROW);
    assertThat(lost.status()).isEqualTo(520);
    assertThat(lost.header("content-type")).startsWith("text/html");
    assertThat(account.count("block_senders")).isEqualTo(1);
    assertThat(caller.post("block_senders", ROW).status()).isEqualTo(409);
  }

  @Test
  void aResetComesBeforeOrAfterTheEffect() {
    var before = faults.onCreate("block_senders").times(1).then(Fault.reset());
    assertThatThrownBy(() -> caller.send("POST", "block_senders", ROW))
        .isInstanceOf(IOException.class);
    assertThat(account.count("block_senders")).isZero();
    faults.onCreate("block_senders").times(1).then(Fault.reset().afterEffect());
    assertThatThrownBy(() -> caller.send("POST", "block_senders", ROW))
        .isInstanceOf(IOException.class);
    assertThat(account.count("block_senders")).isEqualTo(1);
    assertThat(before.fired()).isEqualTo(1);
    assertThat(sandbox.requestLog().count(0)).isEqualTo(2);
  }

  static List<Fault> breaks() {
    return List.of(Fault.truncated(), Fault.chunksCutOff());
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void aBodyMayBreakOff(Fault fault) {
    account.seed("domains", 5);
    faults.onList("domains").then(fault);
    assertThatThrownBy(() -> caller.send("GET", "domains", "")).isInstanceOf(IOException.class);
  }

  static List<Fault> unreadable() {
    return List.of(Fault.halfJson(), Fault.notJson());
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void aBodyMayBeNoJson(Fault fault) {
    faults.everywhere().then(fault);
    var answer = caller.get("domains");
    assertThat(answer.status()).isEqualTo(200);
    assertThatThrownBy(answer::json).isInstanceOf(JacksonException.class);
  }

  @Test
  void aSilentServerNeverAnswers() {
    faults.onCreate("block_senders").then(Fault.silence().afterEffect());
    Caller impatient = caller.within(Duration.ofMillis(300));
    assertThatThrownBy(() -> impatient.send("POST", "block_senders", ROW))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(account.count("block_senders")).isEqualTo(1);
  }

  @Test
  void aBodyMayDrip() {
    faults.onList("domains").then(Fault.drip(Duration.ofMillis(1)));
    long start = System.nanoTime();
    var answer = caller.get("domains");
    assertThat(answer.result().size()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(answer.body().length()));
  }

  @Test
  void anAnswerMayBeDelayed() {
    faults.everywhere().then(Fault.delay(Duration.ofMillis(60)));
    long start = System.nanoTime();
    assertThat(caller.get("domains").status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(59));
  }

  @Test
  void tooManyRequestsMaySaySecondsADateOrNothing() {
    faults.everywhere().times(1).then(Fault.tooManyRequests());
    faults.everywhere().nth(2).then(Fault.tooManyRequests(Duration.ofSeconds(7)));
    faults.everywhere().nth(3).then(Fault.tooManyRequests(Instant.EPOCH));
    assertThat(caller.get("domains").header("retry-after")).isEmpty();
    assertThat(caller.get("domains").header("retry-after")).isEqualTo("7");
    assertThat(caller.get("domains").header("retry-after"))
        .isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(caller.get("domains").status()).isEqualTo(200);
    assertThat(sandbox.requestLog().throttled()).isEqualTo(3);
  }

  @Test
  void successMayBeDenied() {
    faults.everywhere().then(Fault.failure(1111, "not really"));
    var answer = caller.get("domains");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("success").booleanValue()).isFalse();
  }

  @Test
  void aResultMayHaveAnotherShapeAndAPlaceElsewhere() {
    faults.onList("domains").then(Fault.wrongShape());
    assertThat(caller.get("domains").result().isString()).isTrue();
    faults.clear();
    faults.everywhere().then(Fault.redirect("http://127.0.0.1:1/"));
    var moved = caller.get("domains");
    assertThat(moved.status()).isEqualTo(302);
    assertThat(moved.header("location")).isEqualTo("http://127.0.0.1:1/");
  }

  @Test
  void anyAnswerCanBeGiven() {
    faults.everywhere().then(Fault.reply(418, "text/plain", "short").header("x-by", "test"));
    var answer = caller.get("domains");
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo("short");
    assertThat(answer.header("x-by")).isEqualTo("test");
  }

  @Test
  void totalsMayLieOrBeMissing() {
    account.seed("domains", 3);
    faults.everywhere().nth(1).then(Fault.total(99));
    faults.everywhere().nth(2).then(Fault.totalOffBy(-1));
    faults.everywhere().nth(3).then(Fault.noTotal());
    faults.everywhere().nth(4).then(Fault.noResultInfo());
    assertThat(caller.get("domains").json().at("/result_info/total_count").intValue())
        .isEqualTo(99);
    assertThat(caller.get("domains").json().at("/result_info/total_count").intValue()).isEqualTo(2);
    assertThat(caller.get("domains").json().path("result_info").propertyNames())
        .containsExactly("count", "page", "per_page");
    assertThat(caller.get("domains").json().has("result_info")).isFalse();
  }

  @Test
  void pagesMayBeSmallerThanAskedFor() {
    account.seed("domains", 5);
    faults.onList("domains").then(Fault.perPageAtMost(2));
    var page = caller.get("domains?per_page=1000&page=3");
    assertThat(page.result().size()).isEqualTo(1);
    assertThat(page.json().at("/result_info/per_page").intValue()).isEqualTo(2);
  }

  @Test
  void aListMayShiftBetweenItsPages() {
    account.seed("domains", 4);
    String first = account.records("domains").get(0).path("id").stringValue();
    faults
        .onPage("domains", 1)
        .times(1)
        .then(Fault.then(changed -> changed.remove("domains", first)));
    var one = caller.get("domains?per_page=2&page=1").result();
    var two = caller.get("domains?per_page=2&page=2").result();
    assertThat(one.path(0).path("id").stringValue()).isEqualTo(first);
    assertThat(two.size()).isEqualTo(1);
    assertThat(one.size()).isEqualTo(2);
  }

  @Test
  void patternsMayBeRejectedForTheServersOwnReasonsInBatchesToo() {
    faults.reject("a.example", 2222, "reputation", "/pattern");
    assertThat(caller.post("block_senders", ROW).error().path("code").intValue()).isEqualTo(2222);
    var batch =
        caller.post(
            "block_senders/batch",
            "{\"deletes\":[],\"patches\":[],\"puts\":[],\"posts\":[" + ROW + "]}");
    assertThat(batch.error().at("/source/pointer").stringValue()).isEqualTo("/posts/0/pattern");
    faults.clear();
    assertThat(caller.post("block_senders", ROW).status()).isEqualTo(200);
  }

  @Test
  void idsMayBeNumbersAndFieldsUnknown() {
    account.seed("domains", 1);
    faults.everywhere().then(Fault.numericIds(), Fault.extraFields());
    var record = caller.get("domains").result().path(0);
    assertThat(record.path("id").isIntegralNumber()).isTrue();
    assertThat(record.has("x_sandbox")).isTrue();
    assertThat(caller.get("domains/" + record.path("id")).result()).isEqualTo(record);
    assertThat(caller.delete("domains/" + record.path("id")).status()).isEqualTo(200);
    assertThat(account.count("domains")).isZero();
  }

  @Test
  void idsThatAreNumbersAreSoInTheAnswersToWritesToo() {
    account.seed("block_senders", 1);
    faults.everywhere().then(Fault.numericIds());
    String id = caller.get("block_senders").result().path(0).path("id").toString();
    var edited = caller.patch("block_senders/" + id, "{\"comments\":\"one\"}").result();
    assertThat(edited.path("id").toString()).isEqualTo(id);
    var batched =
        caller.post(
            "block_senders/batch",
            "{\"deletes\":[],\"patches\":[{\"id\":"
                + id
                + ",\"comments\":\"two\"}],\"puts\":[],\"posts\":[]}");
    assertThat(batched.result().at("/patches/0/id").toString()).isEqualTo(id);
    assertThat(batched.result().at("/patches/0/comments").asString()).isEqualTo("two");
  }

  @Test
  void anAnswerMayBeHuge() {
    faults.onList("domains").then(Fault.huge(3 << 20));
    var answer = caller.get("domains");
    assertThat(answer.body().length()).isGreaterThan(3 << 20);
    assertThat(answer.result().size()).isGreaterThan(100_000);
  }

  @Test
  void prettyAnswersHoldTheSameBytesBetweenTheBlanks() {
    account.seedAwkward("block_senders");
    var compact = caller.get("block_senders?per_page=1000").json();
    faults.everywhere().then(Fault.pretty());
    var pretty = caller.get("block_senders?per_page=1000");
    assertThat(pretty.body()).contains("\n    {\n      \"id\": \"").contains("\\u005a\\u006F");
    assertThat(pretty.json()).isEqualTo(compact);
  }

  @Test
  void aShareOfTheCallsFollowsFromTheSeed() {
    assertThat(sharedStatuses()).isEqualTo(sharedStatuses()).contains(503, 200);
  }

  private static List<Integer> sharedStatuses() {
    try (Sandbox seeded = Sandbox.builder().seed(7).start()) {
      seeded.faults().everywhere().share(0.3).then(Fault.status(503));
      Caller each = Caller.of(seeded);
      return IntStream.range(0, 40).mapToObj(i -> each.get("domains").status()).toList();
    }
  }

  @Test
  void everyNthCallAndNoMoreThanSoMany() {
    faults.everywhere().every(3).times(2).then(Fault.status(500));
    var statuses = IntStream.range(0, 10).mapToObj(i -> caller.get("domains").status()).toList();
    assertThat(statuses).containsExactly(200, 200, 500, 200, 200, 500, 200, 200, 200, 200);
  }

  @Test
  void aBackgroundOfErrorsCanBeAskedFor() {
    try (Sandbox failing = Sandbox.builder().errors(1).start()) {
      assertThat(Caller.of(failing).get("domains").status()).isIn(500, 502, 520);
    }
  }
}
