package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunIdTest {

  @Test
  void namesSayTheSecond() {
    assertThat(RunId.at(TestRun.START).text()).matches("2026-11-21T020000Z-00[0-9a-z]{4}");
  }

  @Test
  void namesSortByTime() {
    assertThat(
            Stream.iterate(TestRun.START, at -> at.plusMillis(37))
                .limit(5000)
                .map(at -> RunId.at(at).text()))
        .isSorted();
  }

  @Test
  void namesOfOneMomentDiffer() {
    long different = Stream.generate(() -> RunId.at(TestRun.START)).limit(100).distinct().count();

    assertThat(different).isGreaterThan(95);
  }
}
