package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.job.ApiKey;
import io.sluice.job.Role;
import io.sluice.job.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long somebody who came with a key is known. */
final class SessionsTest {
  private static final ApiKey ANNA = new ApiKey("anna", Role.OPERATOR);
  private static final Duration LITTLE = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock(Duration.ZERO);
  private final Sessions sessions = new Sessions(clock);

  @Test
  void aSessionThatNobodyUsesEnds() {
    String token = sessions.begin(ANNA);
    clock.advance(Sessions.IDLE.minus(LITTLE));
    assertThat(sessions.use(token).map(Session::key)).contains(ANNA);

    clock.advance(Sessions.IDLE.minus(LITTLE));
    assertThat(sessions.use(token)).isPresent();

    clock.advance(Sessions.IDLE.plus(LITTLE));
    assertThat(sessions.use(token)).isEmpty();
    clock.advance(Sessions.IDLE.negated());
    assertThat(sessions.use(token)).describedAs("ended for good").isEmpty();
  }

  @Test
  void aSessionEndsHoweverMuchItIsUsed() {
    String token = sessions.begin(ANNA);
    Duration step = Duration.ofHours(6);
    Duration age = Duration.ZERO;
    while (age.plus(step).compareTo(Sessions.LONGEST) <= 0) {
      assertThat(sessions.use(token)).describedAs("after %s", age).isPresent();
      clock.advance(step);
      age = age.plus(step);
    }
    clock.advance(LITTLE);

    assertThat(sessions.use(token)).isEmpty();
  }

  @Test
  void aSessionEndsAloneWhenItsOwnerGoes() {
    String first = sessions.begin(ANNA);
    String second = sessions.begin(ANNA);
    sessions.end(first);
    sessions.end("no such token");

    assertThat(sessions.use(first)).isEmpty();
    assertThat(sessions.use(second)).isPresent();
    assertThat(sessions.use(second.toUpperCase(java.util.Locale.ROOT))).isEmpty();
  }

  @Test
  void eachSessionHasATokenOfItsOwnAgainstForeignPages() {
    String first = sessions.begin(ANNA);
    String second = sessions.begin(ANNA);

    assertThat(first).hasSizeGreaterThan(40).isNotEqualTo(second);
    assertThat(sessions.use(first).orElseThrow().csrf())
        .isNotEqualTo(sessions.use(second).orElseThrow().csrf())
        .isNotEqualTo(first);
  }

  @Test
  void whereTooManyAreKnownTheOneLeastUsedIsForgotten() {
    String first = sessions.begin(ANNA);
    String second = sessions.begin(ANNA);
    for (int i = 0; i < 9_998; i++) {
      sessions.begin(ANNA);
    }
    assertThat(sessions.use(first)).isPresent();
    sessions.begin(ANNA);

    assertThat(sessions.use(second)).isEmpty();
    assertThat(sessions.use(first)).isPresent();
  }
}
