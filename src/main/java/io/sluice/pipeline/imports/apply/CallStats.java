package io.sluice.pipeline.imports.apply;

import io.sluice.flow.Backoff;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.report.Outcome;
import io.sluice.report.RowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What one change has cost so far, over all its calls. Used by one call after the other. */
final class CallStats {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(8));

  private int attempts;
  private long firstNanos;
  private int sendings;
  private boolean lost;
  private boolean planAgain = true;

  /** A call for the change has ended, however. */
  void add(AttemptCount made) {
    if (made.made() > 0 && firstNanos == 0) {
      firstNanos = (System.nanoTime() - made.sinceFirst().toNanos()) | 1;
    }
    attempts += made.made();
  }

  /** Counts one more sending that had no effect; returns how many there were. */
  int again() {
    return ++sendings;
  }

  /** How long to wait before the change is sent once more: longer each time, with full jitter. */
  Duration backoff() {
    return BACKOFF.jittered(sendings, ThreadLocalRandom.current().nextDouble());
  }

  /** Remembers that a call may have had its effect. */
  void lost() {
    lost = true;
  }

  /** True if an earlier call may have had its effect. */
  boolean wasLost() {
    return lost;
  }

  /** When a call for the change was sent for the first time. */
  Instant firstSent() {
    return Instant.now().minusNanos(firstNanos == 0 ? 0 : System.nanoTime() - firstNanos);
  }

  /** The same by {@link System#nanoTime()}. */
  long firstSentNanos() {
    return firstNanos == 0 ? System.nanoTime() : firstNanos;
  }

  /** True for the first time that a plan turns out to be wrong. */
  boolean mayPlanAgain() {
    boolean may = planAgain;
    planAgain = false;
    return may;
  }

  /** A result with what it took. */
  RowResult addTo(RowResult result, int httpStatus, @Nullable String ray) {
    long millis = firstNanos == 0 ? 0 : (System.nanoTime() - firstNanos) / 1_000_000;
    boolean retryable =
        result.outcome() == Outcome.UNKNOWN || result.outcome() == Outcome.UNPROCESSED;
    return new RowResult(
        result.row(),
        result.line(),
        result.outcome(),
        result.action(),
        result.id(),
        result.key(),
        httpStatus,
        result.code(),
        result.pointer(),
        result.message(),
        attempts,
        retryable,
        millis,
        ray);
  }
}
