package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Counts that are shares of a whole. */
final class PercentageTest {
  @Property
  void aShareThatIsAWholeNumberIsNotOneLess(
      @ForAll @IntRange(max = 10_000) int hundredths,
      @ForAll @LongRange(min = 1, max = 100_000) long k) {
    double share =
        Percentage.parse(hundredths / 100 + "." + hundredths % 100 / 10 + hundredths % 10 + "%");
    long whole = 10_000 * k;

    assertThat(Percentage.of(share, whole)).isEqualTo(hundredths * k);
    assertThat(Percentage.of(share, whole - 1)).isEqualTo((hundredths * (whole - 1)) / 10_000);
  }
}
