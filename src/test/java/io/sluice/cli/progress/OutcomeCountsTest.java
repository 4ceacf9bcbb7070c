package io.sluice.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.text.CauseText;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import org.junit.jupiter.api.Test;

final class OutcomeCountsTest {
  private final OutcomeCounts counts = new OutcomeCounts();

  private static RowResult row(long number, Outcome outcome) {
    return RowResult.uncalled(number, number + 1, outcome, Action.CREATE, null, "IP 192.0.2.1");
  }

  @Test
  void deletesOfAMirrorCountToo() {
    counts.add(row(1, Outcome.CREATED));
    counts.add(row(2, Outcome.DELETED));
    counts.add(row(0, Outcome.DELETED));
    counts.add(row(3, Outcome.UNCHANGED));

    assertThat(counts.get()).isEqualTo("1 created  2 deleted");
  }

  @Test
  void onlyTheFirstFailureOfEachCauseIsNews() {
    assertThat(counts.add(row(1, Outcome.FAILED).because("1001", null, "no"))).isTrue();
    assertThat(counts.add(row(2, Outcome.FAILED).because("1001", null, "no"))).isFalse();
    assertThat(counts.add(row(3, Outcome.FAILED).because("1004", null, "neither"))).isTrue();
    assertThat(counts.add(row(4, Outcome.UNKNOWN).because("gave_up", null, "out"))).isFalse();
    assertThat(counts.add(row(5, Outcome.CREATED))).isFalse();
  }

  @Test
  void aFailureIsToldWithItsPlaceAndCause() {
    assertThat(CauseText.ofRow(row(1, Outcome.FAILED).because("1001", null, "no")))
        .isEqualTo("failed: line 2, IP 192.0.2.1: 1001 no");
  }
}
