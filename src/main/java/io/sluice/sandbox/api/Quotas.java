package io.sluice.sandbox.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts calls per credential in fixed windows, each of which begins at the first call after the
 * last one ended. Several policies hold side by side.
 */
public final class Quotas {
  /** At most {@code requests} per {@code window}. */
  public record Policy(String name, long requests, Duration window) {}

  /**
   * What a call is told.
   *
   * @param allowed false for a 429
   * @param left the {@code Ratelimit} header
   * @param policy the {@code Ratelimit-Policy} header
   * @param retryAfter seconds until every exhausted window ends
   */
  record Grant(boolean allowed, String left, String policy, long retryAfter) {
    static final Grant FREE = new Grant(true, "", "", 0);
  }

  private static final class Window {
    long began;
    long used;
  }

  private static final long SECOND = 1_000_000_000L;

  private final List<Policy> policies;
  private final LongSupplier nanoTime;
  private final String header;
  private final Map<String, List<Window>> windows = new HashMap<>();

  public Quotas(List<Policy> policies, LongSupplier nanoTime) {
    this.policies = policies;
    this.nanoTime = nanoTime;
    List<String> parts = new ArrayList<>();
    for (Policy policy : policies) {
      long seconds = Math.max(1, ceil(policy.window().toNanos()));
      parts.add("\"" + policy.name() + "\";q=" + policy.requests() + ";w=" + seconds);
    }
    header = String.join(", ", parts);
  }

  /** Counts one call; a refused one uses nothing up. */
  Grant take(String credential) {
    if (policies.isEmpty()) {
      return Grant.FREE;
    }
    synchronized (windows) {
      long now = nanoTime.getAsLong();
      List<Window> current = windows.computeIfAbsent(credential, key -> opened(now));
      long wait = 0;
      for (int i = 0; i < policies.size(); i++) {
        Window window = current.get(i);
        long length = policies.get(i).window().toNanos();
        if (now - window.began >= length) {
          window.began = now;
          window.used = 0;
        }
        if (window.used >= policies.get(i).requests()) {
          wait = Math.max(wait, window.began + length - now);
        }
      }
      if (wait == 0) {
        current.forEach(window -> window.used++);
      }
      return new Grant(wait == 0, left(current, now), header, ceil(wait));
    }
  }

  private String left(List<Window> current, long now) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < policies.size(); i++) {
      Policy policy = policies.get(i);
      Window window = current.get(i);
      text.append(i == 0 ? "\"" : ", \"")
          .append(policy.name())
          .append("\";r=")
          .append(policy.requests() - window.used)
          .append(";t=")
          .append(ceil(window.began + policy.window().toNanos() - now));
    }
    return text.toString();
  }

  private List<Window> opened(long now) {
    List<Window> opened = new ArrayList<>();
    for (int i = 0; i < policies.size(); i++) {
      Window window = new Window();
      window.began = now;
      opened.add(window);
    }
    return opened;
  }

  private static long ceil(long nanos) {
    return (nanos + SECOND - 1) / SECOND;
  }
}
