package io.sluice.flow.quota;

import io.sluice.flow.Backoff;
import io.sluice.flow.Ticks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a 429 does: it stops all calls for a while, then lets single calls through until one is
 * answered.
 */
final class Throttle {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private boolean on;
  private long until = Long.MIN_VALUE;
  private long sinceEvent;
  private int inARow;
  private @Nullable IssuedPermit probe;

  long opensAt(long now) {
    if (!on) {
      return now;
    }
    if (now < until) {
      return until;
    }
    return probe == null ? now : Ticks.NEVER;
  }

  void issued(IssuedPermit call) {
    if (on) {
      probe = call;
    }
  }

  /**
   * @param pause how long to stop; null if nobody told
   */
  void throttled(IssuedPermit call, @Nullable Long pause, long now, long event) {
    // Calls that were in flight together are throttled together: that is one 429, not many.
    boolean another = !on || call.sentEvent > sinceEvent;
    if (another) {
      inARow++;
      sinceEvent = event;
      on = true;
    }
    if (pause != null) {
      until = Math.max(until, now + pause);
    } else if (another) {
      until = Math.max(until, now + BACKOFF.before(inARow).toNanos());
    }
  }

  void answered(IssuedPermit call) {
    if (on && call.sentEvent > sinceEvent) {
      on = false;
      inARow = 0;
    }
  }

  void settled(IssuedPermit call) {
    if (probe == call) {
      probe = null;
    }
  }
}
