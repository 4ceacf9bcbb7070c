package io.sluice.flow.quota;

/**
 * One window of a policy: the calls that the server has left in it, and when it is surely over. The
 * answer of a call that was sent before the window was known to have begun may announce the one
 * before.
 */
final class AnnouncedWindow {
  private final long begunEvent;
  private WindowEnd end;

  // The answer that counts.
  private long remaining;
  private WindowEnd readEnd;
  private long readEvent;
  private long unreadBefore;

  /**
   * @param announced the calls left
   * @param end when it ends
   * @param unreadBefore the calls that announced nothing and are surely counted in what was
   *     announced
   * @param event the answer's place among {@link Tally#events}
   */
  AnnouncedWindow(long announced, WindowEnd end, long unreadBefore, long event) {
    this.begunEvent = event;
    this.end = end;
    this.readEnd = end;
    read(announced, end, unreadBefore, event);
  }

  WindowEnd end() {
    return end;
  }

  boolean isOver(long now) {
    return now >= end.by();
  }

  /** Whether the server has nothing left to give. */
  boolean isExhausted() {
    return remaining <= 0;
  }

  /**
   * The calls left by the lowest answer, less those that it may not have counted.
   *
   * @param unread the calls that have announced nothing so far
   * @param inFlight the calls that are still to be answered
   */
  long left(long unread, int inFlight) {
    return remaining - (unread - unreadBefore) - inFlight;
  }

  /**
   * Whether an answer surely announces a later window.
   *
   * @param explained by so many the remainders of two answers of one window may differ
   */
  boolean precedes(IssuedPermit call, long announced, long explained, WindowEnd other) {
    long gained = announced - remaining;
    return call.sentAt >= end.by()
        || other.from() > readEnd.by()
        || (call.sentEvent > readEvent && gained >= 0)
        || (call.sentEvent > begunEvent && gained > explained);
  }

  /**
   * An answer announced this window or the one before. Returns whether it counts.
   *
   * @param explained as for {@link #precedes}
   */
  boolean read(
      IssuedPermit call,
      long announced,
      long explained,
      WindowEnd other,
      long unreadBefore,
      long event) {
    if (call.sentEvent > begunEvent) {
      // A reset that was overlooked shows when answers contradict each other.
      end = other.from() > end.by() ? other : end.and(other);
    } else if (remaining - announced > explained || other.by() < end.from()) {
      return false;
    }
    // Answers may overtake each other: of those sent together, the lowest was given last.
    if (call.sentEvent > readEvent || announced < remaining) {
      read(announced, other, unreadBefore, event);
    }
    return true;
  }

  private void read(long announced, WindowEnd end, long unreadBefore, long event) {
    this.remaining = announced;
    this.readEnd = end;
    this.readEvent = event;
    this.unreadBefore = unreadBefore;
  }
}
