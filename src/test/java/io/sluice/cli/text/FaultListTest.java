package io.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.format.InputFault;
import org.junit.jupiter.api.Test;

/** How many faults are summed up. */
final class FaultListTest {

  @Test
  void faultsThatDifferInTheirPlaceAloneHaveOneCause() {
    FaultList faults = new FaultList();
    for (int i = 1; i <= 20; i++) {
      String reason = "U+00A0 (no-break space) at position " + i + " cannot be seen: remove it";
      faults.add(i, new InputFault(i + 1, "pattern", "a\u00A0", reason));
    }

    assertThat(faults.lines())
        .containsExactly(
            "20 × pattern: U+00A0 (no-break space) cannot be seen: remove it"
                + "  (first: line 2, 'a\\u00a0')");
  }

  @Test
  void rowsThatContradictOthersHaveOneCause() {
    FaultList faults = new FaultList();
    for (int i = 1; i <= 20; i++) {
      String other = i % 2 == 1 ? "this is the first" : "the first is line " + i;
      String reason =
          "rows with the same key contradict each other in comments; " + other + ": fix";
      faults.add(i, new InputFault(i + 1, "pattern", "a.example", reason));
    }

    assertThat(faults.lines())
        .containsExactly(
            "20 × pattern: rows with the same key contradict each other in comments: fix"
                + "  (first: line 2, 'a.example')");
  }
}
