package io.sluice.pipeline.imports.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An intent names no more rows than it must, since each of them is doubtful after a crash. */
final class IntentSizeTest {
  private final AtomicLong now = new AtomicLong(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 300})
  void atThePaceOfAQuotaAnIntentNamesWhatMayBeSentAtOnce(int atOnce) {
    IntentSize size = new IntentSize(atOnce, now::get);
    for (int i = 0; i < 100; i++) {
      assertThat(after(size, Duration.ofMillis(40))).isEqualTo(atOnce);
    }
  }

  @Test
  void fastCallsShareIntentsUntilThoseAreMillisecondsApart() {
    IntentSize size = new IntentSize(16, now::get);
    assertThat(after(size, Duration.ofMillis(1))).isEqualTo(32);
    assertThat(after(size, Duration.ofMillis(2))).isEqualTo(64);
    assertThat(after(size, Duration.ofMillis(4))).isEqualTo(128);
    assertThat(after(size, Duration.ofMillis(4))).isEqualTo(128);
    assertThat(after(size, Duration.ofMillis(8))).isEqualTo(64);
  }

  @Test
  void afterAnOutageTheyAreShortAgain() {
    IntentSize size = new IntentSize(4, now::get);
    for (int i = 0; i < 10; i++) {
      after(size, Duration.ZERO);
    }
    for (int i = 0; i < 5; i++) {
      after(size, Duration.ofSeconds(20));
    }
    assertThat(after(size, Duration.ofSeconds(20))).isEqualTo(4);
  }

  private int after(IntentSize size, Duration time) {
    now.addAndGet(time.toNanos());
    return size.next();
  }
}
