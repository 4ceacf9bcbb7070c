package io.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.ImportResults;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.report.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class PlanTextTest {

  @Test
  void aPlanSaysWhatWouldChangeAndWhatThatTakes() {
    PlanSummary plan =
        ImportResults.plan(
            Map.of(Action.CREATE, 4000L, Action.DELETE, 1000L), Set.of(), Duration.ofSeconds(1160));

    assertThat(PlanText.of(plan))
        .containsExactly(
            "plan: 4,000 to create, 1,000 to delete, 3 unchanged",
            "      5,002 requests: 5,000 to write row by row, 2 to read",
            "      the quota allows them in 19 min 20 s");
  }

  @Test
  void aSmallPlanGoesAtOnce() {
    PlanSummary plan =
        ImportResults.plan(
            Map.of(Action.UPDATE, 600L), Set.of(Action.UPDATE), Duration.ofMillis(300));

    assertThat(PlanText.of(plan))
        .endsWith(
            "      3 requests: 1 to write in batches, 2 to read",
            "      the quota allows them at once");
  }

  @Test
  void aPlanThatChangesNothingSaysSo() {
    PlanSummary plan = ImportResults.plan(Map.of(), Set.of(), Duration.ZERO);

    assertThat(PlanText.of(plan))
        .containsExactly("plan: 3 unchanged", "      no request that changes anything");
  }

  @Test
  void aPlanSaysWhyRowsAreSkipped() {
    List<PlanSummary.Skipped> why =
        List.of(new PlanSummary.Skipped("not_found", "the account does not have it", 8));
    PlanSummary plan =
        new PlanSummary(
            49,
            Map.of(),
            0,
            0,
            8,
            why,
            0,
            0,
            0,
            Map.of(),
            49,
            Map.of(),
            Map.of(),
            Set.of(),
            0,
            1,
            Duration.ZERO,
            null);

    assertThat(PlanText.of(plan))
        .containsExactly(
            "plan: 8 skipped",
            "      no request that changes anything",
            "      skipped: the account does not have it (8)");
    assertThat(plan.json().at("/skipped_by/0/code").asString()).isEqualTo("not_found");
    assertThat(plan.json().at("/skipped_by/0/rows").longValue()).isEqualTo(8);
  }

  @Test
  void linesFitATerminalOfEightyColumns() {
    PlanSummary plan =
        new PlanSummary(
            1_000_000,
            Map.of(Action.CREATE, 100_000L, Action.UPDATE, 100_000L, Action.DELETE, 100_000L),
            0,
            0,
            0,
            List.of(),
            0,
            0,
            0,
            Map.of("external_directory_node_id", 100_000L),
            1_000_000,
            Map.of(),
            Map.of(),
            Set.of(),
            300_000,
            100,
            Duration.ofHours(23),
            null);

    assertThat(PlanText.of(plan)).allMatch(line -> line.length() <= 80);
  }

  @Test
  void scriptsGetEveryNumber() {
    PlanSummary plan =
        ImportResults.plan(Map.of(Action.CREATE, 12L), Set.of(), Duration.ofMillis(1500));

    ObjectNode json = plan.json();

    assertThat(json.get("create").longValue()).isEqualTo(12);
    assertThat(json.get("unchanged").longValue()).isEqualTo(3);
    assertThat(json.get("account_rows").longValue()).isEqualTo(1402);
    assertThat(json.get("requests").longValue()).isEqualTo(12);
    assertThat(json.get("read_requests").longValue()).isEqualTo(2);
    assertThat(json.get("seconds").doubleValue()).isEqualTo(1.5);
  }
}
