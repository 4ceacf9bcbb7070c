package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.text.Printable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ShownTimeTest {

  @Test
  void timeIsToldRoughly() {
    assertThat(Printable.about(Duration.ofMillis(200))).isEqualTo("about 1 s");
    assertThat(Printable.about(Duration.ofSeconds(98))).isEqualTo("about 99 s");
    assertThat(Printable.about(Duration.ofSeconds(340))).isEqualTo("about 6 min");
    assertThat(Printable.about(Duration.ofHours(6))).isEqualTo("about 7 h");
    assertThat(Printable.about(Duration.ofDays(9))).isEqualTo("about 10 days");
  }
}
