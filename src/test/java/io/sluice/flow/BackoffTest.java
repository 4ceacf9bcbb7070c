package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(20));

  @Test
  void waitsDoubleUpToTheLongest() {
    assertThat(BACKOFF.before(1)).isEqualTo(Duration.ofMillis(250));
    assertThat(BACKOFF.before(2)).isEqualTo(Duration.ofMillis(500));
    assertThat(BACKOFF.before(7)).isEqualTo(Duration.ofSeconds(16));
    assertThat(BACKOFF.before(8)).isEqualTo(Duration.ofSeconds(20));
    assertThat(BACKOFF.before(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(20));
  }

  @Property
  void jitterIsAShareOfTheWait(
      @ForAll @IntRange(min = 1) int repetition,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    assertThat(BACKOFF.jittered(repetition, random))
        .isBetween(Duration.ZERO, BACKOFF.before(repetition));
  }

  @Test
  void negativeWaitsAreRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ofMillis(-1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
