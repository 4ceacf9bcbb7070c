package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', '', 0",
    "'', 'created skipped unchanged unprocessed', 'deleted', 0",
    "OK, created, '', 0",
    "'', invalid, '', 3",
    "'', failed, '', 3",
    "'', created, failed, 3",
    "'', unknown, '', 7",
    "'', 'failed unknown', '', 7",
    "'', failed, unknown, 7",
    "DIFFERENT, created, '', 8",
    "DIFFERENT, failed, '', 3",
    "GAVE_UP, 'failed unknown', '', 6",
    "NOT_PERMITTED, 'failed unknown', '', 5",
    "NOT_PERMITTED GAVE_UP, unknown, '', 5",
    "INTERRUPTED NOT_PERMITTED GAVE_UP DIFFERENT, unknown, '', 130",
    "ROWS_FAILED, unprocessed, '', 3",
  })
  void theFirstThatAppliesIsTold(String reasons, String rows, String deletes, int exit) {
    assertThat(ExitCode.ofRun(reasons(reasons), counts(rows), counts(deletes)).number())
        .isEqualTo(exit);
  }

  @Test
  void aRunThatGotToItsRowsDoesNotEndOtherwise() {
    assertThatThrownBy(() -> ExitCode.ofRun(Set.of(ExitCode.USAGE), Counts.none(), Counts.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<ExitCode> reasons(String names) {
    Set<ExitCode> reasons = EnumSet.noneOf(ExitCode.class);
    Arrays.stream(names.split(" ", -1))
        .filter(name -> !name.isEmpty())
        .map(ExitCode::valueOf)
        .forEach(reasons::add);
    return reasons;
  }

  private static Counts counts(String labels) {
    Map<Outcome, Long> counts =
        Arrays.stream(labels.split(" ", -1))
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toMap(Outcome::labelled, label -> 1L));
    return new Counts(counts);
  }
}
