package io.sluice.pipeline.insight.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is about to be written is looked at with what the account holds, and within a limit. */
final class LintOfPlanTest {
  private static final LintSettings SETTINGS =
      new LintSettings(Set.of(), LocalDate.of(2026, 11, 29), Map.of());
  private static final Resource SENDERS = Catalog.get("block-senders");
  private static final Resource POLICIES = Catalog.get("allow-policies");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void whatTheAccountHoldsIsCompared() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false);
    lint.write(SENDERS, sender("a@x.test"));
    lint.hold(SENDERS, sender("x.test"));
    lint.hold(POLICIES, policy("a@x.test"));

    assertThat(of(lint, SENDERS).counts())
        .isEqualTo(Map.of(LintRule.SHADOWED, 1L, LintRule.CONFLICT, 1L));
  }

  @Test
  void whatTheAccountHoldsIsNotReportedItself() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false);
    lint.write(SENDERS, sender("a@other.test"));
    lint.hold(SENDERS, sender("x.test"));
    lint.hold(SENDERS, sender("X.test"));
    lint.hold(SENDERS, sender("b@x.test"));
    lint.hold(SENDERS, sender("com"));
    lint.hold(POLICIES, policy("b@x.test"));

    assertThat(of(lint, SENDERS).findings()).isEmpty();
  }

  @Test
  void whatWasNotReadIsSaid() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false);
    lint.write(SENDERS, sender("a@x.test"));
    lint.read(SENDERS, true);

    assertThat(of(lint, SENDERS).gaps())
        .containsExactly(
            "the account's allow-policies were not read (conflict)",
            "the account's domains were not read (own-domain-blocked)",
            "the account's trusted-domains were not read (own-domain-blocked)");
  }

  @Test
  void aListThatIsReadInPartIsSaid() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false);
    lint.write(SENDERS, sender("a@x.test"));
    lint.read(SENDERS, false);

    assertThat(of(lint, SENDERS).gaps())
        .contains(
            "of the account's block-senders only those were read that the rows name (duplicate,"
                + " shadowed)");
  }

  @Test
  void whatIsCutIsSaidAndEachRowIsStillLookedAtByItself() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false, 2);
    lint.write(SENDERS, sender("a.test"));
    lint.write(SENDERS, sender("b.test"));
    lint.write(SENDERS, sender("com"));
    lint.write(SENDERS, sender("a@a.test"));
    lint.hold(SENDERS, sender("x.test"));

    PlanFindings found = of(lint, SENDERS);

    assertThat(found.rows()).isEqualTo(4);
    assertThat(found.counts()).isEqualTo(Map.of(LintRule.MATCHES_EVERYTHING, 1L));
    assertThat(found.gaps())
        .contains(
            "2 rows were looked at by themselves and compared with no other: only 2 records are"
                + " kept for that",
            "1 records of the account were not compared with the rows: only 2 records are kept for"
                + " that");
  }

  @Test
  void ofARuleTheFirstFindingsAreKeptAndAllAreCounted() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false);
    for (int i = 0; i < 250; i++) {
      ObjectNode sender = sender("s" + i + ".test");
      sender.remove("comments");
      lint.write(SENDERS, sender);
    }

    PlanFindings found = of(lint, SENDERS);

    assertThat(found.counts()).isEqualTo(Map.of(LintRule.NO_COMMENT, 250L));
    assertThat(found.findings()).hasSize(100);
    assertThat(found.json().at("/notes").asLong()).isEqualTo(250);
  }

  @Test
  void kindsThatAreWrittenTogetherAreComparedAndEachFindingIsToldOnce() {
    LintOfPlan lint = new LintOfPlan(SETTINGS, () -> false);
    lint.write(POLICIES, policy("a@x.test"));
    lint.write(SENDERS, sender("a@x.test"));
    lint.read(POLICIES, true);
    lint.read(SENDERS, true);

    Map<Resource, PlanFindings> found = lint.result();

    assertThat(List.copyOf(found.keySet())).containsExactly(POLICIES, SENDERS);
    assertThat(found.values().stream().mapToLong(one -> one.of(Severity.ERROR)).sum()).isOne();
    assertThat(Objects.requireNonNull(found.get(POLICIES)).gaps()).isEmpty();
  }

  private static PlanFindings of(LintOfPlan lint, Resource resource) {
    return Objects.requireNonNull(lint.result().get(resource));
  }

  private static ObjectNode sender(String pattern) {
    return JSON.createObjectNode()
        .put("pattern", pattern)
        .put("pattern_type", pattern.contains("@") ? "EMAIL" : "DOMAIN")
        .put("is_regex", false)
        .put("comments", "why");
  }

  private static ObjectNode policy(String pattern) {
    return sender(pattern)
        .put("is_acceptable_sender", true)
        .put("is_trusted_sender", false)
        .put("is_exempt_recipient", false)
        .put("verify_sender", true);
  }
}
