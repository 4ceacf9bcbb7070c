package io.sluice.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes with the time, and can be set on. */
public final class TestClock extends Clock {
  private final Clock under = Clock.systemUTC();
  private volatile Duration ahead;

  /** A clock that is so far ahead of the time; negative to be behind it. */
  public TestClock(Duration ahead) {
    this.ahead = ahead;
  }

  /** Sets it on. */
  public void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return under.instant().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
