package io.sluice.pipeline.imports.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentWritesTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final RecentWrites recent = new RecentWrites(now::get);

  @Test
  void whatWasThereALittleBeforeIsKnownAtAnySpeed() {
    for (int rate : new int[] {1, 4, 100, 10_000}) {
      make(rate, Duration.ofSeconds(90));

      assertThat(recent.before(ago(Duration.ofSeconds(2)))).as(rate + " a second").isNotEmpty();
      assertThat(recent.before(ago(Duration.ofSeconds(60)))).as(rate + " a second").isNotEmpty();
    }
  }

  @Test
  void whatMayHaveBeenMadeLaterIsNotCountedAmongThem() {
    recent.add("older");
    pass(Duration.ofMillis(2_500));
    recent.add("newer");
    long sent = now.get();

    assertThat(recent.before(sent)).containsExactly("older");
  }

  @Test
  void anAnswerWithoutAnIdTellsNothing() {
    recent.add("");
    pass(Duration.ofSeconds(5));

    assertThat(recent.before(now.get())).isEmpty();
  }

  private void make(int rate, Duration time) {
    for (long made = 0; made < rate * time.toSeconds(); made++) {
      recent.add("id-" + rate + "-" + made);
      pass(Duration.ofSeconds(1).dividedBy(rate));
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private long ago(Duration time) {
    return now.get() - time.toNanos();
  }
}
