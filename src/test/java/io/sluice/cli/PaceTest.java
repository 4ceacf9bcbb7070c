package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Pace pace = new Pace();

  @Test
  void nothingIsToldAtFirst() {
    pace.sample(0, 0, false);
    pace.sample(SECOND / 10, 50, false);

    assertThat(pace.perSecond()).isZero();
    assertThat(pace.timeFor(1000)).isNull();
  }

  @Test
  void theTimeOfWaitingDoesNotCount() {
    pace.sample(0, 0, false);
    pace.sample(2 * SECOND, 200, false);
    pace.sample(300 * SECOND, 200, true);
    pace.sample(301 * SECOND, 300, false);

    assertThat(pace.perSecond()).isEqualTo(100);
    assertThat(pace.timeFor(1000)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void timeIsToldRoughly() {
    assertThat(Shown.about(Duration.ofMillis(200))).isEqualTo("about 1 s");
    assertThat(Shown.about(Duration.ofSeconds(98))).isEqualTo("about 99 s");
    assertThat(Shown.about(Duration.ofSeconds(340))).isEqualTo("about 6 min");
    assertThat(Shown.about(Duration.ofHours(6))).isEqualTo("about 7 h");
    assertThat(Shown.about(Duration.ofDays(9))).isEqualTo("about 10 days");
  }
}
