package io.sluice.flow.quota;

import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One policy that answers announce. Its window is spent down to the reserve by what answers
 * announce; when it is surely over, one call is let through, whose answer announces the next. What
 * answers do not announce is kept to as a local window.
 */
final class AnnouncedPolicy {
  private static final long UNPROBED = Long.MIN_VALUE;

  private final String name;
  private final int index;
  private final Tally tally;
  private final PolicySize size;

  /** The last window that an answer announced; null before the first. */
  private @Nullable AnnouncedWindow window;

  /** The call that finds out about the next window, while it is under way. */
  private @Nullable IssuedPermit probe;

  /** When it went, or the one before it in this window. */
  private long probedAt = UNPROBED;

  /**
   * @param index the policy's place in {@link Tally#unread}
   * @param history gives the window that has counted calls so far, if one has
   */
  AnnouncedPolicy(
      String name,
      int index,
      double reserve,
      Tally tally,
      Supplier<@Nullable SlidingWindow> history) {
    this.name = name;
    this.index = index;
    this.tally = tally;
    this.size = new PolicySize(reserve, history);
  }

  String name() {
    return name;
  }

  /** When this policy lets the next call go. */
  long opensAt(long now) {
    AnnouncedWindow last = window;
    SlidingWindow recent = size.recent();
    if (last != null && !last.isOver(now)) {
      long left = left(last);
      if (left > size.reserved()) {
        return now;
      }
      // Half of the reserve may pay for one call that finds out if the window has ended as
      // announced.
      boolean early = probedAt == UNPROBED && left > size.reserved() / 2;
      return early ? last.end().asAnnounced() : last.end().by();
    }
    if (last != null && mayProbe(last)) {
      return now;
    }
    if (recent != null) {
      return recent.opensAt(now, tally.inFlight);
    }
    return last == null ? now : Ticks.NEVER;
  }

  /**
   * When the last of so many calls goes, the first of them at {@code from}, if answers announce
   * nothing new.
   */
  long lastOpensAt(long calls, long from, long now) {
    AnnouncedWindow last = window;
    SlidingWindow recent = size.recent();
    boolean silent = last == null || (last.isOver(now) && !mayProbe(last));
    if (silent && recent != null) {
      return recent.lastOpensAt(calls, from, tally.inFlight);
    }
    if (last == null) {
      return from;
    }
    long length = size.window() > 0 ? size.window() : WindowEnd.UNANNOUNCED;
    long allowed = Math.max(1, size.allowed());
    long ends = last.end().by();
    long first = from >= ends ? allowed : left(last) - size.reserved();
    if (from >= ends) {
      // As if windows went by the clock: one that begins with a call ends less than one later.
      ends += ((from - ends) / length + 1) * length;
    }
    long later = calls - Math.max(0, first);
    return later <= 0 ? from : Ticks.after(ends, (later - 1) / allowed, length);
  }

  /** A call goes; it is not yet in the tally. */
  void issued(IssuedPermit call, long now) {
    AnnouncedWindow last = window;
    boolean spent = last != null && (last.isOver(now) || left(last) <= size.reserved());
    if (spent && probe == null) {
      probe = call;
      probedAt = now;
    }
  }

  /** A call was never made. */
  void givenBack(IssuedPermit call) {
    if (probe == call) {
      probe = null;
      probedAt = UNPROBED;
    }
  }

  /** A call ended that the server may have counted. */
  void completed(IssuedPermit call, long now) {
    if (probe == call) {
      probe = null;
    }
    SlidingWindow recent = size.recent();
    if (recent != null) {
      recent.record(now);
    }
  }

  /** An answer announced this policy. Returns whether it announced the window that counts. */
  boolean read(IssuedPermit call, QuotaReading reading, long now) {
    size.read(reading, now);
    Long announced = reading.remaining();
    if (announced == null) {
      return false;
    }
    size.readRemaining(announced);
    WindowEnd end = WindowEnd.of(call.sentAt, now, reading.reset(), size.window());
    long unreadBefore = call.unreadBefore(index);
    long explained = tally.since(call) + size.reserved();
    AnnouncedWindow last = window;
    if (last == null || last.precedes(call, announced, explained, end)) {
      // A window that began unforeseen may have counted calls after this one that were taken to
      // belong to the window before.
      long overtaken = last == null || last.isOver(call.sentAt) ? 0 : tally.readSince(call, index);
      window = new AnnouncedWindow(announced - overtaken, end, unreadBefore, tally.events);
      probe = null;
      probedAt = UNPROBED;
      return true;
    }
    return !last.isOver(now)
        && last.read(call, announced, explained, end, unreadBefore, tally.events);
  }

  /** Calls left before the reserve, as far as is known; null if nothing is. */
  @Nullable Long left(long now) {
    AnnouncedWindow last = window;
    if (last != null && !last.isOver(now)) {
      return Math.max(0, left(last) - size.reserved());
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
    return window == null ? now : Math.max(now, window.end().by());
  }

  /** Whether the server has nothing left to give until the reset. */
  boolean isExhausted(long now) {
    return window != null && !window.isOver(now) && window.isExhausted();
  }

  /** One call; where its answer announces nothing, the local window is kept to, if there is one. */
  private boolean mayProbe(AnnouncedWindow over) {
    return probe == null && (probedAt < over.end().by() || size.recent() == null);
  }

  private long left(AnnouncedWindow of) {
    return of.left(tally.unread(index), tally.inFlight);
  }
}
