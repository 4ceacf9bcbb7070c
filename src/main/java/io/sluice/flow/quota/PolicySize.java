package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many calls a policy allows in how long, as far as answers announce, and the local window that
 * is kept by it for when they announce no more.
 */
final class PolicySize {
  /** The server's clock may run slower than ours by one part in so many. */
  private static final long CLOCKS = 1_000;

  private final double reserve;
  private final Supplier<@Nullable SlidingWindow> history;
  private long quota;
  private boolean quotaAnnounced;
  private long window;
  private @Nullable SlidingWindow recent;

  /**
   * @param history gives the window that has counted calls so far, if one has
   */
  PolicySize(double reserve, Supplier<@Nullable SlidingWindow> history) {
    this.reserve = reserve;
    this.history = history;
  }

  /** An answer announced the policy. */
  void read(QuotaReading reading, long now) {
    Long calls = reading.quota();
    Duration length = reading.window();
    boolean changed = false;
    if (calls != null && calls > 0 && (!quotaAnnounced || calls != quota)) {
      quota = calls;
      quotaAnnounced = true;
      changed = true;
    }
    if (length != null && !length.isZero() && Ticks.nanos(length) != window) {
      window = Ticks.nanos(length);
      changed = true;
    }
    if (changed && isKnown()) {
      SlidingWindow before = recent == null ? history.get() : recent;
      recent = new SlidingWindow(allowed(), Duration.ofNanos(window + window / CLOCKS));
      if (before == null) {
        recent.record(now);
      } else {
        recent.copy(before, now);
      }
    }
  }

  /** Until the quota is announced, it is at least the largest remainder. */
  void readRemaining(long announced) {
    if (!quotaAnnounced) {
      quota = Math.max(quota, announced);
    }
  }

  /** Whether both calls and window were announced. */
  boolean isKnown() {
    return quotaAnnounced && window > 0;
  }

  /** Calls allowed per window; zero if not known. */
  long quota() {
    return quota;
  }

  /** The length of the window; zero if not known. */
  long window() {
    return window;
  }

  /** The calls per window that are left to others. */
  long reserved() {
    return QuotaLimits.reserved(reserve, quota);
  }

  /** The calls per window that are not. */
  long allowed() {
    return quota - reserved();
  }

  /** The local window; null until both calls and window are known. */
  @Nullable SlidingWindow recent() {
    return recent;
  }
}
