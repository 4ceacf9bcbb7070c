package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One policy that answers announce. While they tell the remainder of the current window, it is
 * spent down to the reserve; around the reset single calls probe for the new window; once the reset
 * is certain a fresh window is assumed. What answers do not tell is kept to as a local window.
 */
final class AnnouncedPolicy {
  private final int index;
  private final Tally tally;
  private final PolicySize size;
  private final HalfOpenProbe probe = new HalfOpenProbe();
  private final Rounding rounding = new Rounding();

  // The window that answers told about; null before the first and once it is surely over.
  private @Nullable ResetEstimate reset;
  private long remaining;
  private long readEvent;
  private long unreadBefore;
  private long endedOrFlying;
  private long beginEvent;

  /** No earlier than this does the window end, by answers whose order is certain. */
  private long earliest;

  /** Calls that ended without telling of this policy. */
  private long unread;

  // The window that is assumed to follow.
  private @Nullable ResetEstimate over;
  private long overAt;
  private long settledBefore;

  /** Calls that ended when the old window may have been over already. */
  private long maybeInFresh;

  private boolean renews;
  private long slowest;

  AnnouncedPolicy(int index, double reserve, Tally tally) {
    this.index = index;
    this.tally = tally;
    this.size = new PolicySize(reserve);
    this.unread = tally.settled;
  }

  /** When this policy lets the next call go. */
  long opensAt(long now) {
    advance(now);
    if (isFree(now)) {
      return now;
    }
    if (reset != null) {
      return probe.opensAt(reset.low(rounding), reset.high(rounding), left(), size.reserved(), now);
    }
    SlidingWindow recent = size.recent();
    // Where a probe's answer tells nothing, nothing but the local window is left to go by.
    boolean mayProbe = over != null && !renews && probe.sent() < 2 && freshLeft() > size.reserved();
    if (!probe.isUnderWay() && (mayProbe || (over != null && recent == null))) {
      return now;
    }
    return recent == null ? Ticks.NEVER : recent.opensAt(now, tally.inFlight);
  }

  /**
   * When the last of so many calls goes, the first of them at {@code from}, if answers tell nothing
   * new.
   */
  long lastOpensAt(long calls, long from, long now) {
    advance(now);
    SlidingWindow recent = size.recent();
    ResetEstimate known = reset == null ? over : reset;
    if (known == null) {
      return recent == null ? from : recent.lastOpensAt(calls, from, tally.inFlight);
    }
    long window = size.window() > 0 ? size.window() : ResetEstimate.UNTOLD;
    long allowed = Math.max(1, size.allowed());
    long ends = known.high(rounding);
    long first = left() - size.reserved();
    if (reset == null) {
      long local = recent == null ? 0 : recent.calls() - recent.count(now) - tally.inFlight;
      first = Math.max(freshLeft() - size.reserved(), local);
    } else if (from >= ends) {
      first = allowed;
    }
    if (from >= ends) {
      // As if windows went by the clock: one that begins with a call ends less than one later.
      ends += ((from - ends) / window + 1) * window;
    }
    long later = calls - Math.max(0, first);
    return later <= 0 ? from : Ticks.after(ends, (later - 1) / allowed, window);
  }

  /** A call goes; it is not yet in the tally. */
  void issued(IssuedPermit call, long now) {
    advance(now);
    if (!isFree(now)) {
      probe.issued(call, now);
    }
  }

  /** A call ended, in whatever way. */
  void settled(IssuedPermit call) {
    probe.settled(call);
  }

  /** A call ended that the server may have counted. */
  void completed(long now) {
    advance(now);
    SlidingWindow recent = size.recent();
    if (recent != null) {
      recent.record(now);
    }
  }

  /** How many calls ended without an answer that told of this policy's remainder. */
  long unread() {
    return unread;
  }

  /** A call ended without telling of this policy's remainder. */
  void missed() {
    unread++;
  }

  /** An answer told of this policy. */
  void read(IssuedPermit call, QuotaReading reading, @Nullable SlidingWindow history, long now) {
    slowest = Math.max(slowest, now - call.sentAt);
    size.read(reading, history, now);
    advance(now);
    Long told = reading.remaining();
    if (told == null) {
      return;
    }
    Duration left = reading.reset();
    ResetEstimate estimate =
        ResetEstimate.of(call.sentAt, now, left == null ? null : Ticks.nanos(left), size.window());
    if (reset == null) {
      readAfterReset(call, told, estimate, now);
    } else {
      readWithin(reset, call, told, estimate, now);
    }
    size.readRemaining(told);
  }

  /** A 429 came in spite of what was known: the next reset is not taken for granted. */
  void distrust() {
    renews = false;
    rounding.forget();
  }

  /** Calls left before the reserve, as far as is known; null if nothing is. */
  @Nullable Long left(long now) {
    advance(now);
    if (reset != null) {
      return Math.max(0, left() - size.reserved());
    }
    SlidingWindow recent = size.recent();
    return recent == null
        ? null
        : (Long) Math.max(0, recent.calls() - recent.count(now) - tally.inFlight);
  }

  /** Calls allowed per window; null if not known. */
  @Nullable Long quota() {
    return size.quota() == 0 ? null : (Long) size.quota();
  }

  /** The length of the window; zero if not known. */
  long window() {
    return size.window();
  }

  /** The calls that are not left to others, once it is sized. */
  Quota allowed() {
    return new Quota(size.allowed(), Duration.ofNanos(size.window()));
  }

  /** Whether both calls and window are known. */
  boolean isSized() {
    return size.isKnown();
  }

  /** The moment after which the current window is surely over, or now if that is not known. */
  long resetsAt(long now) {
    advance(now);
    return reset == null ? now : reset.high(rounding);
  }

  /** Whether the server has nothing left to give until the reset. */
  boolean isExhausted() {
    return reset != null && remaining <= 0;
  }

  private boolean isFree(long now) {
    if (reset != null) {
      return left() > size.reserved();
    }
    SlidingWindow recent = size.recent();
    if (recent == null && over == null) {
      return true;
    }
    if (recent != null && recent.opensAt(now, tally.inFlight) <= now) {
      return true;
    }
    return over != null && renews && freshLeft() > size.reserved();
  }

  private long left() {
    return remaining - (unread - unreadBefore) - tally.inFlight;
  }

  private long freshLeft() {
    return size.quota() - maybeInFresh - (tally.settled - settledBefore) - tally.inFlight;
  }

  private void advance(long now) {
    if (reset != null && now >= reset.high(rounding)) {
      probe.windowOver();
      over = reset;
      overAt = now;
      reset = null;
      settledBefore = tally.settled;
      SlidingWindow recent = size.recent();
      maybeInFresh = recent == null ? 0 : recent.countAfter(earliest);
    }
  }

  private void readAfterReset(IssuedPermit call, long told, ResetEstimate estimate, long now) {
    if (over != null && call.sentAt < overAt && !estimate.isSurelyAfter(over, rounding)) {
      return;
    }
    if (over != null) {
      long since = tally.settled - settledBefore;
      learnRenewal(over, told + since + tally.inFlight, since, now);
    }
    begin(call, told, estimate);
  }

  private void readWithin(
      ResetEstimate current, IssuedPermit call, long told, ResetEstimate estimate, long now) {
    boolean later = call.sentEvent > readEvent;
    boolean renewed = estimate.isSurelyAfter(current, rounding);
    if (renewed || (later && told > remaining - countedSince(call))) {
      probe.found();
      learnRenewal(current, told + tally.inFlight + 1, 1, now);
      begin(call, told, estimate);
    } else if (!current.isSurelyAfter(estimate, rounding)) {
      // A call sent before the window was known to have begun may tell of the one before.
      boolean certain = call.sentEvent > beginEvent;
      if (later || (told < remaining && (certain || isExplained(call, told)))) {
        if (certain) {
          current.tighten(estimate, rounding);
        }
        if (later) {
          earliest = Math.max(earliest, estimate.low(rounding));
        }
        remember(call, told);
      } else if (certain) {
        // An older answer of this window, or one of the next: only its upper bound is safe.
        current.tightenHigh(estimate);
      }
    }
  }

  private void begin(IssuedPermit call, long told, ResetEstimate estimate) {
    reset = estimate;
    over = null;
    probe.windowBegan();
    earliest = estimate.low(rounding);
    beginEvent = tally.events;
    remember(call, told);
  }

  private void remember(IssuedPermit call, long told) {
    remaining = told;
    readEvent = tally.events;
    unreadBefore = call.unreadBefore(index);
    endedOrFlying = tally.settled + tally.inFlight;
  }

  /** Calls that were surely counted between the last reading and this later one, it included. */
  private long countedSince(IssuedPermit call) {
    return 1 + Math.max(0, call.settledBefore - endedOrFlying);
  }

  /** Whether the calls made here and the reserve of others can have used up so much. */
  private boolean isExplained(IssuedPermit call, long told) {
    long ours = tally.settled + tally.inFlight - call.settledBefore;
    return remaining - told <= ours + size.reserved();
  }

  /**
   * A window that is full again, although calls were made within the last window's length, is a
   * fixed one: its next reset may be trusted. One that slides only gives back call by call.
   */
  private void learnRenewal(ResetEstimate ended, long full, long since, long now) {
    // Only calls whose answers are younger than this were surely sent within the last window.
    long young = now - size.window() + Math.min(slowest, size.window());
    SlidingWindow recent = size.recent();
    if (recent != null && (recent.countAfter(young) - since) * 5 >= size.quota()) {
      renews = full * 10 >= size.quota() * 9;
    }
    if (renews && full * 10 >= size.quota() * 9) {
      ended.endedBy(now, rounding);
    } else if (!renews) {
      rounding.forget();
    }
  }
}
