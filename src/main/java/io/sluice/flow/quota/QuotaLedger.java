package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The books of one governor: every window that a call has to fit into, and when the next one does.
 * Knows no threads; its governor guards it.
 */
final class QuotaLedger {
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** No API announces as many; one that does shall not fill the memory. */
  private static final int MOST_POLICIES = 32;

  private final double reserve;
  private final List<SlidingWindow> explicit = new ArrayList<>();
  private final List<SlidingWindow> defaults = new ArrayList<>();
  private final Map<String, AnnouncedPolicy> announced = new LinkedHashMap<>();
  private final Throttle throttle = new Throttle();
  private final Tally tally = new Tally();

  QuotaLedger(QuotaLimits limits) {
    this.reserve = limits.reserve();
    for (Quota quota : limits.explicit()) {
      explicit.add(new SlidingWindow(quota.calls(), quota.window()));
    }
    if (explicit.isEmpty()) {
      for (Quota quota : limits.defaults()) {
        long calls = quota.calls() - QuotaLimits.reserved(reserve, quota.calls());
        defaults.add(new SlidingWindow(calls, quota.window()));
      }
    }
  }

  /** When the next call may go: now, later, or never if only an answer can tell. */
  long opensAt(long now) {
    long opens = throttle.opensAt(now);
    for (SlidingWindow window : explicit) {
      opens = Math.max(opens, window.opensAt(now, tally.inFlight));
    }
    for (SlidingWindow window : defaults) {
      opens = Math.max(opens, window.opensAt(now, tally.inFlight));
    }
    for (AnnouncedPolicy policy : announced.values()) {
      opens = Math.max(opens, policy.opensAt(now));
    }
    return opens;
  }

  /** When the last of so many calls may go, if answers come at once and tell nothing new. */
  long lastOpensAt(long calls, long now) {
    long opens = throttle.opensAt(now);
    long from = opens == Ticks.NEVER ? now : Math.max(opens, now);
    long last = from;
    for (SlidingWindow window : explicit) {
      last = Math.max(last, window.lastOpensAt(calls, from, tally.inFlight));
    }
    for (SlidingWindow window : defaults) {
      last = Math.max(last, window.lastOpensAt(calls, from, tally.inFlight));
    }
    for (AnnouncedPolicy policy : announced.values()) {
      last = Math.max(last, policy.lastOpensAt(calls, from, now));
    }
    return last;
  }

  /** Lets a call go. */
  IssuedPermit issue(QuotaGovernor governor, @Nullable IssuedPermit outer, long now) {
    long[] unread = announced.values().stream().mapToLong(AnnouncedPolicy::unread).toArray();
    IssuedPermit call =
        new IssuedPermit(governor, outer, now, ++tally.events, tally.settled, unread);
    throttle.issued(call);
    announced.values().forEach(policy -> policy.issued(call, now));
    tally.inFlight++;
    return call;
  }

  void answered(IssuedPermit call, List<QuotaReading> readings, long now) {
    complete(call, readings, now);
    throttle.answered(call);
  }

  void throttled(
      IssuedPermit call, @Nullable Duration retryAfter, List<QuotaReading> readings, long now) {
    complete(call, readings, now);
    Long pause = retryAfter == null ? resetPause(readings, now) : (Long) Ticks.nanos(retryAfter);
    announced.values().forEach(AnnouncedPolicy::distrust);
    throttle.throttled(call, pause, now, tally.events);
  }

  void unanswered(IssuedPermit call, long now) {
    complete(call, List.of(), now);
  }

  /** The call was never made. */
  void givenBack(IssuedPermit call) {
    settle(call);
  }

  /** What holds now, less the reserve. */
  QuotasInForce inForce() {
    List<Quota> local =
        Stream.of(explicit, defaults)
            .flatMap(Collection::stream)
            .map(SlidingWindow::quota)
            .toList();
    List<Quota> told =
        announced.values().stream()
            .filter(AnnouncedPolicy::isSized)
            .map(AnnouncedPolicy::allowed)
            .toList();
    return new QuotasInForce(local, told);
  }

  /** The shortest window that answers announce; null if there is none. */
  @Nullable Duration shortestAnnounced() {
    return announced.values().stream()
        .filter(AnnouncedPolicy::isSized)
        .map(policy -> Duration.ofNanos(policy.window()))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * Drops the default quotas that a policy with this window replaces: long ones yield to any, those
   * below two seconds only to one that is as short.
   */
  void yieldTo(Duration window) {
    defaults.removeIf(quota -> quota.window() >= Ticks.nanos(window) || isLong(quota));
  }

  /** Like {@link #yieldTo}, for the quotas that are shared with others: only the short ones. */
  void yieldShortTo(Duration window) {
    defaults.removeIf(quota -> !isLong(quota) && quota.window() >= Ticks.nanos(window));
  }

  QuotaStatus status(long now, int waiting) {
    long opens = opensAt(now);
    Duration wait =
        opens == Ticks.NEVER ? Duration.ZERO : Duration.ofNanos(Math.max(0, opens - now));
    List<Gauge> gauges = announced.values().stream().map(p -> Gauge.of(p, now)).toList();
    if (gauges.stream().noneMatch(gauge -> gauge.left() != null)) {
      gauges =
          Stream.of(explicit, defaults)
              .flatMap(Collection::stream)
              .map(window -> Gauge.of(window, tally.inFlight, now))
              .toList();
    }
    Gauge tightest =
        gauges.stream()
            .filter(gauge -> gauge.left() != null)
            .min(Comparator.comparingDouble(Gauge::share))
            .orElse(Gauge.UNKNOWN);
    return new QuotaStatus(
        tightest.left(), tightest.quota(), tightest.reset(), wait, waiting, tally.inFlight);
  }

  private void complete(IssuedPermit call, List<QuotaReading> readings, long now) {
    settle(call);
    SlidingWindow history = longestLocal();
    for (QuotaReading reading : readings) {
      if (announced.size() < MOST_POLICIES || announced.containsKey(reading.policy())) {
        announced.computeIfAbsent(
            reading.policy(), name -> new AnnouncedPolicy(announced.size(), reserve, tally));
      }
    }
    tally.settled++;
    tally.events++;
    explicit.forEach(window -> window.record(now));
    defaults.forEach(window -> window.record(now));
    announced.forEach(
        (name, policy) -> {
          policy.completed(now);
          boolean told = false;
          for (QuotaReading reading : readings) {
            if (reading.policy().equals(name)) {
              policy.read(call, reading, history, now);
              told |= reading.remaining() != null;
            }
          }
          if (!told) {
            policy.missed();
          }
          if (policy.isSized()) {
            yieldTo(Duration.ofNanos(policy.window()));
          }
        });
  }

  private void settle(IssuedPermit call) {
    tally.inFlight--;
    throttle.settled(call);
    announced.values().forEach(policy -> policy.settled(call));
  }

  private @Nullable SlidingWindow longestLocal() {
    return Stream.of(explicit, defaults)
        .flatMap(Collection::stream)
        .max(Comparator.comparingLong(SlidingWindow::window))
        .orElse(null);
  }

  private @Nullable Long resetPause(List<QuotaReading> readings, long now) {
    long until = Long.MIN_VALUE;
    for (AnnouncedPolicy policy : announced.values()) {
      if (policy.isExhausted()) {
        until = Math.max(until, policy.resetsAt(now));
      }
    }
    for (QuotaReading reading : readings) {
      Duration reset = reading.reset();
      if (until <= now && reset != null) {
        until = Math.max(until, now + Ticks.nanos(reset));
      }
    }
    return until <= now ? null : (Long) (until - now);
  }

  private static boolean isLong(SlidingWindow window) {
    return window.window() >= SHORT.toNanos();
  }
}
