package io.sluice.flow;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** One timer that runs an action at the earliest of the moments it was set to. */
public final class DeadlineTimer {
  private static final long SHORTEST_NANOS = 1_000;

  private final Scheduler scheduler;
  private final Ticks ticks;
  private final Runnable action;
  private long at = Ticks.NEVER;
  private Disposable pending = Disposables.disposed();

  public DeadlineTimer(Scheduler scheduler, Ticks ticks, Runnable action) {
    this.scheduler = scheduler;
    this.ticks = ticks;
    this.action = action;
  }

  /** Sets it to {@code when}, unless it is set to something earlier. Call without holding locks. */
  public void set(long when) {
    Disposable.Swap timer;
    synchronized (this) {
      if (when >= at) {
        return;
      }
      timer = Disposables.swap();
      at = when;
      pending.dispose();
      pending = timer;
    }
    long delay = Math.max(SHORTEST_NANOS, when - ticks.now());
    timer.update(scheduler.schedule(() -> ring(when), delay, TimeUnit.NANOSECONDS));
  }

  /** Unsets it. */
  public synchronized void cancel() {
    at = Ticks.NEVER;
    pending.dispose();
  }

  private void ring(long when) {
    synchronized (this) {
      if (when != at) {
        return;
      }
      at = Ticks.NEVER;
    }
    action.run();
  }
}
