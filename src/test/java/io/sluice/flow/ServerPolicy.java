package io.sluice.flow;

import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.QuotaReading;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One quota policy as a server enforces and announces it. */
public final class ServerPolicy {
  public enum Kind {
    FIRST_CALL,
    CLOCK,
    SLIDING
  }

  public enum Told {
    UP,
    DOWN,
    NEAREST
  }

  private static final long SECOND = 1_000_000_000L;

  final Quota quota;
  private final String name;
  private final Kind kind;
  private final Told told;
  private final long window;
  private final long phase;
  private final Deque<Long> counted = new ArrayDeque<>();
  private long begin = Long.MIN_VALUE;
  private long used;
  public final List<Long> usedPerWindow = new ArrayList<>();

  /** How much faster its clock runs than everybody else's. */
  public double clock = 1;

  public ServerPolicy(String name, String quota, Kind kind, Told told, Duration phase) {
    this.name = name;
    this.quota = Quota.parse(quota);
    this.kind = kind;
    this.told = told;
    this.window = this.quota.window().toNanos();
    this.phase = phase.toNanos();
  }

  boolean hasRoom(long now) {
    roll(own(now));
    return used < quota.calls();
  }

  void count(long when) {
    long now = own(when);
    roll(now);
    if (kind == Kind.FIRST_CALL && begin == Long.MIN_VALUE) {
      begin = now;
    }
    used++;
    counted.add(now);
  }

  public long window() {
    return window;
  }

  long remaining() {
    return quota.calls() - used;
  }

  QuotaReading reading(long when) {
    long now = own(when);
    long left = Math.max(0, resetsAt(now) - now);
    long seconds =
        switch (told) {
          case UP -> (left + SECOND - 1) / SECOND;
          case DOWN -> left / SECOND;
          case NEAREST -> (left + SECOND / 2) / SECOND;
        };
    return new QuotaReading(
        name, quota.calls(), quota.window(), remaining(), Duration.ofSeconds(seconds));
  }

  private long own(long now) {
    return (long) (now * clock);
  }

  private long resetsAt(long now) {
    if (kind == Kind.SLIDING) {
      return counted.isEmpty() ? now : counted.getFirst() + window;
    }
    return begin == Long.MIN_VALUE ? now + window : begin + window;
  }

  private void roll(long now) {
    if (kind == Kind.SLIDING) {
      while (!counted.isEmpty() && now - counted.getFirst() > window) {
        counted.removeFirst();
      }
      used = counted.size();
    } else if (begin == Long.MIN_VALUE || now >= begin + window) {
      if (begin != Long.MIN_VALUE) {
        usedPerWindow.add(used);
      }
      used = 0;
      counted.clear();
      begin =
          kind == Kind.CLOCK ? Math.floorDiv(now - phase, window) * window + phase : Long.MIN_VALUE;
    }
  }
}
