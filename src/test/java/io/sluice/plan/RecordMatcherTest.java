package io.sluice.plan;

import static io.sluice.plan.PlanRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.RecordMatcher.Likeness;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Rows and records find each other by what they are called, the most alike first. */
final class RecordMatcherTest {
  private static final String PLAIN = "{'id':'1','pattern':'a.example','pattern_type':'DOMAIN'}";
  private static final String UPPER = "{'id':'2','pattern':'A.EXAMPLE','pattern_type':'DOMAIN'}";
  private static final String REGEX =
      "{'id':'3','pattern':'a.example','pattern_type':'DOMAIN','is_regex':true}";

  private final PlanRig rig = new PlanRig("block_senders");

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aRowLeavesARecordToOneThatFitsItBetter() throws IOException {
    RecordMatcher matcher = new RecordMatcher(rig.holding(UPPER, PLAIN));

    assertThat(matcher.find(row("a.Example"), Likeness.SPELLING))
        .isInstanceOf(RecordMatcher.Later.class);
    assertThat(found(matcher, row("a.example"), Likeness.SPELLING)).isEqualTo("1");
    assertThat(found(matcher, row("a.Example"), Likeness.MEANING)).isEqualTo("2");
    assertThat(matcher.alone()).isEmpty();
  }

  @Test
  void anExpressionIsPairedWithAPlainPatternOnlyWhenNothingElseIsLeft() throws IOException {
    RecordMatcher matcher = new RecordMatcher(rig.holding(REGEX, PLAIN));

    assertThat(found(matcher, json(PLAIN), Likeness.SPELLING)).isEqualTo("1");
    assertThat(matcher.find(json(PLAIN), Likeness.SPELLING))
        .isInstanceOf(RecordMatcher.Later.class);
    assertThat(found(matcher, json(PLAIN), Likeness.CHARACTERS)).isEqualTo("3");
    assertThat(matcher.find(json(PLAIN), Likeness.CHARACTERS))
        .isInstanceOf(RecordMatcher.None.class);
  }

  @Test
  void collidingHashesConfuseNobody() throws IOException {
    List<ObjectNode> records = List.of(json(UPPER), json(REGEX), row("b.example"), json(PLAIN));
    RecordMatcher matcher = new RecordMatcher(rig.colliding(records));

    assertThat(found(matcher, json(PLAIN), Likeness.SPELLING)).isEqualTo("1");
    assertThat(matcher.find(row("c.example"), Likeness.SPELLING))
        .isInstanceOf(RecordMatcher.None.class);
    assertThat(matcher.alone()).containsExactly(0, 1, 2);
  }

  @Test
  void withoutAKeyTheIdDecides() throws IOException {
    RecordMatcher matcher = new RecordMatcher(rig.holding("{'id':7,'comments':'x'}", PLAIN));

    assertThat(matcher.find(json("{'id':'1','comments':'x'}"), Likeness.SPELLING))
        .isInstanceOf(RecordMatcher.None.class);
    assertThat(found(matcher, json("{'id':'7'}"), Likeness.SPELLING)).isEqualTo("7");
  }

  private static ObjectNode row(String pattern) {
    return json("{'id':'9','pattern':'" + pattern + "','pattern_type':'DOMAIN'}");
  }

  private static String found(RecordMatcher matcher, ObjectNode row, Likeness likeness)
      throws IOException {
    return matcher.find(row, likeness) instanceof RecordMatcher.Found found
        ? found.record().id()
        : "none";
  }
}
