package io.sluice.pipeline.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitTest {
  @ParameterizedTest
  @CsvSource({
    "29%, 100, 29",
    "57%, 100, 57",
    "58%, 100, 58",
    "0.7%, 1000, 7",
    "10%, 99, 9",
    "10%, 9, 0",
    "100%, 7, 7",
    "0%, 1000000, 0",
    "25, 10, 25"
  })
  void aLimitAllowsItsShareOfTheWholeOrItsNumber(String limit, long whole, long allowed) {
    assertThat(Limit.parse(limit).of(whole)).isEqualTo(allowed);
  }
}
