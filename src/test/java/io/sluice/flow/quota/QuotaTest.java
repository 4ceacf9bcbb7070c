package io.sluice.flow.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {
  @ParameterizedTest
  @CsvSource({
    "1200/300s, 1200, 300000, 1200/300s",
    "200/1s, 200, 1000, 200/1s",
    "60/3, 60, 3000, 60/3s",
    "100/1m, 100, 60000, 100/60s",
    "10/500ms, 10, 500, 10/500ms"
  })
  void readsCallsAndWindow(String text, long calls, long millis, String canonical) {
    Quota quota = Quota.parse(text);

    assertThat(quota).isEqualTo(new Quota(calls, Duration.ofMillis(millis)));
    assertThat(quota).hasToString(canonical);
    assertThat(Quota.parse(canonical)).isEqualTo(quota);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1200", "0/1s", "10/0s", "-1/1s", "10/1d", "1.5/1s", "a/b", "10/1s/2"})
  void refusesAnythingElseWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quota.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("/1");
  }

  @Test
  void reserveIsRoundedUpButNeverEverything() {
    assertThat(QuotaLimits.reserved(0.1, 60)).isEqualTo(6);
    assertThat(QuotaLimits.reserved(0.1, 1200)).isEqualTo(120);
    assertThat(QuotaLimits.reserved(0.1, 5)).isEqualTo(1);
    assertThat(QuotaLimits.reserved(0.9, 1)).isZero();
    assertThat(QuotaLimits.reserved(0, 60)).isZero();
  }
}
