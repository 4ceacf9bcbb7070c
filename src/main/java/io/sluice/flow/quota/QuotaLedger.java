package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
  private final List<AnnouncedPolicy> announced = new ArrayList<>();
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

  /** When the next call may go: now, later, or never if only an answer can announce. */
  long opensAt(long now) {
    long opens = throttle.opensAt(now);
    for (SlidingWindow window : explicit) {
      opens = Math.max(opens, window.opensAt(now, tally.inFlight));
    }
    for (SlidingWindow window : defaults) {
      opens = Math.max(opens, window.opensAt(now, tally.inFlight));
    }
    for (AnnouncedPolicy policy : announced) {
      opens = Math.max(opens, policy.opensAt(now));
    }
    return opens;
  }

  /** When the last of so many calls may go, if answers come at once and announce nothing new. */
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
    for (AnnouncedPolicy policy : announced) {
      last = Math.max(last, policy.lastOpensAt(calls, from, now));
    }
    return last;
  }

  /** Lets a call go. */
  IssuedPermit issue(QuotaGovernor governor, @Nullable IssuedPermit outer, long now) {
    IssuedPermit call =
        new IssuedPermit(governor, outer, now, ++tally.events, tally.settled, tally.unread());
    throttle.issued(call);
    for (AnnouncedPolicy policy : announced) {
      policy.issued(call, now);
    }
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
    throttle.throttled(call, pause, now, tally.events);
  }

  void unanswered(IssuedPermit call, long now) {
    complete(call, List.of(), now);
  }

  /** The call was never made. */
  void givenBack(IssuedPermit call) {
    tally.inFlight--;
    throttle.settled(call);
    for (AnnouncedPolicy policy : announced) {
      policy.givenBack(call);
    }
  }

  /** What holds now, less the reserve. */
  QuotasInForce inForce() {
    List<Quota> local =
        Stream.of(explicit, defaults)
            .flatMap(Collection::stream)
            .map(SlidingWindow::quota)
            .toList();
    List<Quota> ofPolicies =
        announced.stream().filter(AnnouncedPolicy::isSized).map(AnnouncedPolicy::allowed).toList();
    return new QuotasInForce(local, ofPolicies);
  }

  /** The shortest window that answers announce; {@link Ticks#NEVER} if there is none. */
  long shortestAnnounced() {
    long shortest = Ticks.NEVER;
    for (AnnouncedPolicy policy : announced) {
      if (policy.isSized()) {
        shortest = Math.min(shortest, policy.window());
      }
    }
    return shortest;
  }

  /**
   * Drops the default quotas below two seconds that a policy with this window replaces: those that
   * are no shorter.
   */
  void yieldShortTo(long window) {
    defaults.removeIf(quota -> !isLong(quota) && quota.window() >= window);
  }

  QuotaStatus status(long now, int waiting) {
    long opens = opensAt(now);
    Duration wait =
        opens == Ticks.NEVER ? Duration.ZERO : Duration.ofNanos(Math.max(0, opens - now));
    List<Gauge> gauges = announced.stream().map(p -> Gauge.of(p, now)).toList();
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
    tally.inFlight--;
    throttle.settled(call);
    for (QuotaReading reading : readings) {
      addPolicy(reading.policy());
    }
    tally.settled++;
    tally.events++;
    for (SlidingWindow window : explicit) {
      window.record(now);
    }
    for (SlidingWindow window : defaults) {
      window.record(now);
    }
    for (int i = 0; i < announced.size(); i++) {
      AnnouncedPolicy policy = announced.get(i);
      policy.completed(call, now);
      boolean counts = false;
      for (QuotaReading reading : readings) {
        counts |= reading.policy().equals(policy.name()) && policy.read(call, reading, now);
      }
      if (!counts) {
        tally.missed(i);
      }
    }
    if (!defaults.isEmpty()) {
      yieldToAnnounced();
    }
  }

  private void addPolicy(String name) {
    for (AnnouncedPolicy policy : announced) {
      if (policy.name().equals(name)) {
        return;
      }
    }
    if (announced.size() < MOST_POLICIES) {
      announced.add(
          new AnnouncedPolicy(name, announced.size(), reserve, tally, this::longestLocal));
      tally.addPolicy();
    }
  }

  /** Default quotas yield: long ones to any policy, short ones only to one that is as short. */
  private void yieldToAnnounced() {
    long shortest = shortestAnnounced();
    if (shortest != Ticks.NEVER) {
      defaults.removeIf(QuotaLedger::isLong);
    }
    yieldShortTo(shortest);
  }

  private @Nullable SlidingWindow longestLocal() {
    return Stream.of(explicit, defaults)
        .flatMap(Collection::stream)
        .max(Comparator.comparingLong(SlidingWindow::window))
        .orElse(null);
  }

  private @Nullable Long resetPause(List<QuotaReading> readings, long now) {
    long until = Long.MIN_VALUE;
    for (AnnouncedPolicy policy : announced) {
      if (policy.isExhausted(now)) {
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
