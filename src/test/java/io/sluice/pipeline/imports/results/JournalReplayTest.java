package io.sluice.pipeline.imports.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.report.Action;
import io.sluice.report.Outcome;
import io.sluice.report.TestRun;
import io.sluice.report.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JournalReplayTest {
  /** Years from now: only the clock that is given may count. */
  private static final Instant OPENED = Instant.parse("2099-11-21T02:00:00Z");

  private final TestRun run = new TestRun();

  @AfterEach
  void remove() {
    run.close();
  }

  @Test
  void callsOfAKilledProcessAreWaitedForByTheClockOfTheRun() throws IOException {
    Journal journal = run.begin();
    TestRun.await(journal.intent(Action.CREATE, 1).then(journal.close()));

    try (JournalReplay past = JournalReplay.of(run.path, OPENED)) {
      assertThat(past.untilSettled(OPENED)).isEqualTo(Duration.ofSeconds(2));
      assertThat(past.untilSettled(OPENED.plusMillis(1_500))).isEqualTo(Duration.ofMillis(500));
      assertThat(past.untilSettled(OPENED.plusSeconds(3))).isZero();
    }
  }

  @Test
  void whatIsKnownForGoodIsNotWaitedFor() throws IOException {
    Journal journal = run.begin();
    TestRun.await(
        journal
            .intent(Action.CREATE, 1)
            .then(journal.result(TestRun.result(1, Outcome.CREATED)))
            .then(journal.close()));

    try (JournalReplay past = JournalReplay.of(run.path, OPENED)) {
      assertThat(past.untilSettled(OPENED)).isZero();
    }
  }
}
