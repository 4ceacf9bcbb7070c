package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.CallFailure.Kind;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What a batch does to the account, how often it is sent, and how its answers are read. */
final class ApiBatchTest {
  private static final String LIST = "block_senders";
  private static final String ROUTE = "POST /" + LIST + "/batch";

  private final Sandbox sandbox = Sandbox.builder().start();
  private final ApiRig rig = ApiRig.to(sandbox);
  private final AttemptCount attempts = new AttemptCount();

  @AfterEach
  void stop() {
    rig.close();
    sandbox.close();
  }

  @Test
  void aThousandRecordsAreMadeInOneRequest() {
    BatchAnswer answer = ApiRig.done(batch(BatchRequest.posts(records(1000))));

    assertThat(answer.posts()).containsExactlyInAnyOrderElementsOf(sandbox.account().records(LIST));
    assertThat(answer.deletes()).isEmpty();
    assertThat(answer.patches()).isEmpty();
    assertThat(answer.httpStatus()).isEqualTo(200);
    assertThat(answer.ray()).isNotBlank();
    assertThat(sandbox.account().count(LIST)).isEqualTo(1000);
    assertThat(sandbox.requestLog().total()).isEqualTo(1);
    assertThat(attempts.made()).isEqualTo(1);
  }

  @Test
  void recordsAreChangedAndDeleted() {
    sandbox.account().seed(LIST, 6);
    BatchAnswer patched = ApiRig.done(batch(BatchRequest.patches(changes(ids().subList(0, 3)))));
    assertThat(patched.patches())
        .hasSize(3)
        .isEqualTo(sandbox.account().records(LIST).subList(0, 3));
    assertThat(patched.patches())
        .allMatch(record -> record.path("comments").asString().equals("x"));

    List<String> gone = ids().subList(2, 6);
    List<String> left = ids().subList(0, 2);
    BatchAnswer deleted = ApiRig.done(batch(BatchRequest.deletes(gone)));
    assertThat(deleted.deletes())
        .extracting(record -> record.path("id").asString())
        .containsExactlyInAnyOrderElementsOf(gone);
    assertThat(ids()).isEqualTo(left);
  }

  @Test
  void aRefusalPointsAtTheItemsAndChangesNothing() {
    sandbox.faults().reject("n3.example", 1234, "not this one", "/pattern");
    sandbox.faults().reject("n5.example", 1234, "nor this one");
    ApiException refused = ApiRig.failure(batch(BatchRequest.posts(records(10))));

    assertThat(refused.kind()).isEqualTo(Kind.FINAL);
    assertThat(refused.httpStatus()).isEqualTo(400);
    assertThat(refused).hasMessageContaining("POST block_senders/batch was answered HTTP 400");
    assertThat(refused.errors().stream().map(error -> ItemPointer.of(error.pointer())))
        .containsExactly(
            Optional.of(new ItemPointer("posts", 3, "/pattern")),
            Optional.of(new ItemPointer("posts", 5, null)));
    assertThat(sandbox.account().count(LIST)).isZero();
    assertThat(sandbox.requestLog().total()).isEqualTo(1);
  }

  @Test
  void everyOneOfAThousandRefusalsIsTold() {
    ApiRig.done(batch(BatchRequest.posts(records(1000))));
    ApiException refused = ApiRig.failure(batch(BatchRequest.posts(records(1000))));

    assertThat(refused.httpStatus()).isEqualTo(409);
    assertThat(
            refused.errors().stream().map(e -> ItemPointer.of(e.pointer()).orElseThrow().index()))
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void anAccountWithoutTheEndpointAnswers404() {
    sandbox.account().batch(false);
    ApiException missing = ApiRig.failure(batch(BatchRequest.posts(records(2))));
    assertThat(missing.kind()).isEqualTo(Kind.FINAL);
    assertThat(missing.httpStatus()).isEqualTo(404);
    assertThat(sandbox.requestLog().total()).isEqualTo(1);
  }

  @Test
  void aBatchThatMakesOrDeletesIsSentOnceIfItsAnswerIsLost() {
    for (Fault fault : lost()) {
      sandbox.account().seed(LIST, 1);
      for (BatchRequest request :
          List.of(
              BatchRequest.posts(List.of(record(sandbox.account().creations(LIST).size()))),
              BatchRequest.deletes(ids().subList(0, 1)))) {
        sandbox.faults().clear();
        rig.firstPage(); // so many failures in a row would look like an outage
        sandbox.requestLog().reset();
        sandbox.faults().onBatch(LIST).then(fault);

        Kind kind = ApiRig.failure(batch(request)).kind();

        assertThat(kind).describedAs("%s", fault).isIn(Kind.UNANSWERED, Kind.SERVER_ERROR);
        assertThat(sandbox.requestLog().count(ROUTE)).describedAs("%s", fault).isEqualTo(1);
      }
    }
    assertThat(sandbox.account().creations(LIST)).containsValue(1).doesNotContainValue(2);
  }

  @Test
  void aBatchThatOnlyChangesIsSentAgain() {
    sandbox.account().seed(LIST, 2);
    for (Fault fault : lost()) {
      sandbox.requestLog().reset();
      sandbox.faults().clear();
      sandbox.faults().onBatch(LIST).times(1).then(fault);

      BatchAnswer answer = ApiRig.done(batch(BatchRequest.patches(changes(ids()))));

      assertThat(answer.patches()).isEqualTo(sandbox.account().records(LIST));
      assertThat(sandbox.requestLog().count(ROUTE)).describedAs("%s", fault).isEqualTo(2);
    }
    assertThat(attempts.made()).isEqualTo(2 * lost().size());
  }

  @Test
  void aBatchThatWasThrottledIsSentAgain() {
    sandbox.faults().onBatch(LIST).times(1).then(Fault.tooManyRequests(java.time.Duration.ZERO));
    ApiRig.done(batch(BatchRequest.posts(records(3))));
    assertThat(sandbox.account().count(LIST)).isEqualTo(3);
    assertThat(attempts.made()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{'deletes':[],'patches':[],'puts':[]}",
        "{'posts':null}",
        "{'posts':{}}",
        "{'posts':['a']}",
        "{'posts':[{},null]}",
        "{'posts':[{}],'patches':[1]}"
      })
  void anAnswerOfAnotherShapeIsUnreadable(String result) {
    sandbox.faults().onBatch(LIST).then(answered(result));
    ApiException odd = ApiRig.failure(batch(BatchRequest.posts(records(1))));
    assertThat(odd.kind()).isEqualTo(Kind.UNANSWERED);
    assertThat(odd.httpStatus()).isEqualTo(200);
  }

  @Test
  void listsOfWhatWasNotAskedForMayBeMissing() {
    sandbox.faults().onBatch(LIST).then(answered("{'posts':[{'id':'b'},{'id':'a'}]}"));
    BatchAnswer answer = ApiRig.done(batch(BatchRequest.posts(records(2))));
    assertThat(answer.posts())
        .containsExactly(ApiRig.object("{'id':'b'}"), ApiRig.object("{'id':'a'}"));
    assertThat(answer.deletes()).isEmpty();
  }

  @Test
  void theBodyHoldsAllFourLists() {
    ObjectNode body =
        new BatchRequest(List.of("a"), List.of(ApiRig.object("{'id':'b'}")), List.of()).body();
    assertThat(body)
        .hasToString(
            "{\"deletes\":[{\"id\":\"a\"}],\"patches\":[{\"id\":\"b\"}],\"puts\":[],\"posts\":[]}");
  }

  @Test
  void aBatchTakesAThousandOfAKindAndNoMore() {
    List<ObjectNode> many = Collections.nCopies(1001, record(0));
    assertThatThrownBy(() -> BatchRequest.posts(many)).hasMessageContaining("1000");
    assertThatThrownBy(() -> BatchRequest.patches(many)).hasMessageContaining("1000");
    assertThatThrownBy(() -> BatchRequest.deletes(Collections.nCopies(1001, "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
    assertThat(BatchRequest.deletes(Collections.nCopies(1000, "a")).deletes()).hasSize(1000);
  }

  @Test
  void aDeleteOrPatchWithoutIdIsRefused() {
    assertThatThrownBy(() -> BatchRequest.deletes(List.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchRequest.patches(List.of(record(0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Mono<BatchAnswer> batch(BatchRequest request) {
    return rig.client.batch(ApiRig.BLOCKS, request, attempts);
  }

  private static List<Fault> lost() {
    return List.of(
        Fault.reset().afterEffect(),
        Fault.truncated(),
        Fault.halfJson(),
        Fault.wrongShape().afterEffect(),
        Fault.html(520).afterEffect(),
        Fault.failure(1001, "internal").afterEffect());
  }

  private static Fault answered(String result) {
    String body = "{'success':true,'errors':[],'messages':[],'result':" + result + "}";
    return new Fault.Reply(false, 200, Fault.JSON, body.replace('\'', '"'), Map.of());
  }

  private List<String> ids() {
    return sandbox.account().records(LIST).stream()
        .map(record -> record.path("id").asString())
        .toList();
  }

  private static List<ObjectNode> changes(List<String> ids) {
    return ids.stream().map(id -> ApiRig.object("{'id':'" + id + "','comments':'x'}")).toList();
  }

  private static List<ObjectNode> records(int count) {
    return IntStream.range(0, count).mapToObj(ApiBatchTest::record).toList();
  }

  private static ObjectNode record(int number) {
    return ApiRig.object(
        "{'pattern':'n" + number + ".example','pattern_type':'DOMAIN','is_regex':false}");
  }
}
