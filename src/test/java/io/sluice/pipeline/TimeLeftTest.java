package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TimeLeftTest {
  private static final long SECOND = 1_000_000_000L;

  private final TimeLeft left = new TimeLeft(null);

  @Test
  void nothingIsKnownAtFirst() {
    left.sample(0, 0, false, 0);
    left.sample(SECOND / 10, 50, false, 1);

    assertThat(left.perSecond()).isZero();
    assertThat(left.of(1000, calls -> Duration.ZERO)).isNull();
    assertThat(left.of(0, calls -> Duration.ofMinutes(3))).isNull();
  }

  @Test
  void theTimeOfWaitingDoesNotCountForThePace() {
    left.sample(0, 0, false, 0);
    left.sample(2 * SECOND, 200, false, 200);
    left.sample(300 * SECOND, 200, true, 200);
    left.sample(301 * SECOND, 300, false, 300);

    assertThat(left.perSecond()).isEqualTo(100);
    assertThat(left.of(1000, calls -> Duration.ZERO)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theQuotaCountsWhereItIsSlowerThanThePace() {
    left.sample(0, 0, false, 5);
    left.sample(2 * SECOND, 200, false, 205);

    assertThat(left.of(1200, calls -> Duration.ofSeconds(calls / 2)))
        .isEqualTo(Duration.ofSeconds(600));
  }

  @Test
  void requestsThatTakeManyRowsAreFew() {
    left.sample(0, 0, false, 10);
    left.sample(2 * SECOND, 2000, false, 12);

    assertThat(left.of(10_000, Duration::ofSeconds)).isEqualTo(Duration.ofSeconds(10));
    assertThat(left.of(30_000, Duration::ofSeconds)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPlanKnowsItsRequestsBeforeTheFirstIsSent() {
    TimeLeft planned = new TimeLeft(rows -> rows / 10);
    planned.sample(0, 0, true, 0);

    assertThat(planned.of(500, Duration::ofMinutes)).isEqualTo(Duration.ofMinutes(50));
  }
}
