package io.sluice.flow.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one window stands, for display. */
record Gauge(@Nullable Long left, @Nullable Long quota, @Nullable Duration reset) {
  static final Gauge UNKNOWN = new Gauge(null, null, null);

  static Gauge of(AnnouncedPolicy policy, long now) {
    long resets = policy.resetsAt(now);
    return new Gauge(
        policy.left(now), policy.quota(), resets > now ? Duration.ofNanos(resets - now) : null);
  }

  static Gauge of(SlidingWindow window, int inFlight, long now) {
    long left = Math.max(0, window.calls() - window.count(now) - inFlight);
    return new Gauge(
        left, window.calls(), Duration.ofNanos(Math.max(0, window.nextExpiry(now) - now)));
  }

  /** The share that is left, from 0 to 1. */
  double share() {
    return left == null || quota == null ? 1 : (double) left / quota;
  }
}
