package io.sluice.pipeline.imports.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.BatchAnswer;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.sandbox.BlockedDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Whatever order an answer has, and whatever it leaves out, no change gets another one's id. */
final class BatchResultsTest {
  private static final Resource SENDERS = Catalog.get("block_senders");
  private static final List<Change> SENT =
      Stream.of("a.example", "b.example", "c.example").map(BatchResultsTest::create).toList();

  @Test
  void theOrderOfTheAnswerDoesNotMatter() {
    assertThat(ids(made("1", "a.example"), made("2", "b.example"), made("3", "c.example")))
        .containsExactly("1", "2", "3");
    assertThat(ids(made("3", "c.example"), made("1", "a.example"), made("2", "b.example")))
        .containsExactly("1", "2", "3");
    assertThat(ids(made("1", "a.example"), made("3", "c.example"), made("2", "b.example")))
        .containsExactly("1", "2", "3");
  }

  @Test
  void whatTheAnswerLeavesOutHasNoId() {
    assertThat(ids(made("2", "b.example"))).containsExactly(null, "2", null);
    assertThat(ids()).containsExactly(null, null, null);
    ObjectNode keyless = made("2", "b.example");
    keyless.remove("pattern");
    assertThat(ids(made("1", "a.example"), keyless, made("3", "c.example")))
        .containsExactly("1", null, "3");
  }

  @Test
  void aRecordThatIsRepeatedIsNobodyElses() {
    assertThat(ids(made("1", "a.example"), made("1", "a.example"), made("3", "c.example")))
        .containsExactly("1", null, "3");
    assertThat(ids(made("9", "x.example"), made("1", "a.example"), made("1", "a.example")))
        .containsExactly("1", null, null);
  }

  @Test
  void theServerMaySpellWhatItWasGivenInItsOwnWay() {
    ObjectNode untyped = made("2", "B.example");
    untyped.remove("pattern_type");
    assertThat(ids(made("1", "A.EXAMPLE"), untyped, made("3", "c.example").put("more", 1)))
        .containsExactly("1", "2", "3");
  }

  private static List<@Nullable String> ids(ObjectNode... posts) {
    BatchAnswer answer = new BatchAnswer(List.of(), List.of(), List.of(posts), 200, null);
    BatchResults results = new BatchResults(SENDERS, answer, Action.CREATE);
    List<@Nullable String> ids = new ArrayList<>();
    for (int i = 0; i < SENT.size(); i++) {
      ids.add(results.id(i, SENT.get(i)));
    }
    return ids;
  }

  private static Change create(String pattern) {
    ObjectNode body = sender(pattern);
    return new Change(1, 1, pattern, Action.CREATE, Outcome.CREATED, null, body, body);
  }

  private static ObjectNode made(String id, String pattern) {
    return sender(pattern).put("id", id);
  }

  private static ObjectNode sender(String pattern) {
    return BlockedDomain.of(pattern);
  }
}
