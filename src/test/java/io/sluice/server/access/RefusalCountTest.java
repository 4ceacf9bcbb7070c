package io.sluice.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Refused sign-ins are counted by address and minute. */
final class RefusalCountTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:00:00Z");

  private final RefusalCount counter = new RefusalCount();

  @Test
  void anAddressIsPutOffForTheRestOfItsMinute() {
    for (int i = 1; i <= RefusalCount.ALLOWED; i++) {
      assertThat(counter.add("a", NOW).putOff()).isFalse();
    }
    RefusalCount.Window eleventh = counter.add("a", NOW.plusSeconds(20));

    assertThat(eleventh.putOff()).isTrue();
    assertThat(eleventh.seconds(NOW.plusSeconds(20))).isBetween(40L, 41L);
    assertThat(counter.add("b", NOW.plusSeconds(20)).putOff()).isFalse();
    RefusalCount.Window later = counter.add("a", NOW.plusSeconds(61));
    assertThat(later.putOff()).isFalse();
    assertThat(later.before()).isEqualTo(1);
  }

  @Test
  void whatIsRememberedIsBounded() {
    for (int i = 0; i < 30_000; i++) {
      counter.add("address " + i, NOW);
    }
    assertThat(counter.addresses()).isEqualTo(10_000);
  }
}
