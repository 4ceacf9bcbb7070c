package io.sluice.flow.retry;

import io.sluice.flow.DeadlineTimer;
import io.sluice.flow.FifoGate;
import io.sluice.flow.SerialNotifier;
import io.sluice.flow.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The health of one target during one run. Five failed calls in a row (three if all were refused)
 * look like an outage: everything pauses, and single calls, 1 s, 2 s, 4 s and then up to 15 s apart
 * and once shortly before the limit, find out when it is over. Any answer to believe ends it for
 * all. Past the limit it is given up: every caller then gets an {@link OutageException}. Time
 * counts from the first failure since the last success. A call that was {@linkplain
 * CallFailure.Kind#BLOCKED blocked} ends everything at once. Thread-safe.
 */
public final class CircuitBreaker {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONGEST_SPACING = 15 * SECOND;

  private final Scheduler scheduler;
  private final Ticks ticks;
  private final Listener listener;
  private final FifoGate<CircuitPermit> gate;
  private final DeadlineTimer probeTimer;
  private final DeadlineTimer deadlineTimer;
  private final List<Runnable> interested = new CopyOnWriteArrayList<>();
  private final SerialNotifier news = new SerialNotifier();

  private final FailureStreak streak;
  private boolean open;
  private int probes;
  private long nextProbe;
  private @Nullable CircuitPermit probe;
  private @Nullable OutageException givenUp;

  private CircuitBreaker(
      Duration maxOutage, Duration firstAnswerLimit, Scheduler scheduler, Listener listener) {
    this.streak = new FailureStreak(maxOutage, firstAnswerLimit);
    this.scheduler = scheduler;
    this.ticks = new Ticks(scheduler);
    this.listener = listener;
    this.gate = new FifoGate<>(this::release, this::release, () -> {});
    this.probeTimer = new DeadlineTimer(scheduler, ticks, gate::drain);
    this.deadlineTimer = new DeadlineTimer(scheduler, ticks, this::overdue);
  }

  /**
   * The health of a target that no call has been made to.
   *
   * @param maxOutage how long an outage may last
   * @param firstAnswerLimit how long it may last while the target has never answered; the shorter
   *     of the two holds
   * @param scheduler gives the time and runs the timers
   * @param listener receives the begin and the end of outages
   */
  public static CircuitBreaker create(
      Duration maxOutage, Duration firstAnswerLimit, Scheduler scheduler, Listener listener) {
    return new CircuitBreaker(maxOutage, firstAnswerLimit, scheduler, listener);
  }

  /** Receives outages, one message at a time. Must not block. */
  public interface Listener {
    /** Everything pauses. */
    void began(Throwable cause);

    /** Calls go on. Not told when the outage is given up. */
    void ended(Duration lasted);
  }

  /**
   * Leave to make one attempt: at once if all is well; else in turn, first come, first served.
   * Fails with {@link OutageException} once the outage is given up. Cancelling leaves the queue.
   */
  public Mono<CircuitPermit> pass() {
    return gate.enter(() -> {}, this::take);
  }

  /** True while calls pause, and once the outage is given up. */
  public synchronized boolean isOpen() {
    return open || givenUp != null;
  }

  /** Runs the action whenever callers that wait elsewhere should check their passes. */
  public void whenItChanges(Runnable action) {
    interested.add(action);
  }

  synchronized void check(CircuitPermit pass) {
    if (givenUp != null) {
      throw givenUp;
    }
    if (open && pass != probe) {
      throw new CircuitPermit.BackToTheGate();
    }
  }

  /** An answer to believe came. */
  public void succeeded(CircuitPermit pass) {
    synchronized (this) {
      streak.end();
      forget(pass);
      if (open && givenUp == null) {
        Duration lasted = streak.lasting(ticks.now());
        news.add(() -> listener.ended(lasted));
        open = false;
        probe = null;
        probes = 0;
        deadlineTimer.cancel();
      }
    }
    changed();
  }

  /** Nothing can be said about the target: the attempt was cancelled, or not made at all. */
  public void release(CircuitPermit pass) {
    synchronized (this) {
      forget(pass);
    }
    gate.drain();
  }

  /**
   * The call failed for a reason that waiting does not remove: no further call is made, and every
   * caller gets an {@link OutageException} with that cause.
   */
  public void blocked(CircuitPermit pass, Throwable cause) {
    synchronized (this) {
      forget(pass);
      if (givenUp == null) {
        Instant now = Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
        givenUp =
            new OutageException(String.valueOf(cause.getMessage()), now, Duration.ZERO, cause);
        news.add(() -> interested.forEach(Runnable::run));
      }
    }
    changed();
  }

  /** The call failed. Returns whether the failure is the outage's, so that it does not count. */
  public boolean failed(CircuitPermit pass, CallFailure failure, Throwable cause) {
    long deadline;
    boolean off;
    synchronized (this) {
      long now = ticks.now();
      off = open;
      streak.add(failure, cause, now);
      deadline = streak.deadline();
      if (pass == probe) {
        probe = null;
        nextProbe = nextProbe(now, deadline);
      }
      if (!open && streak.isOutage()) {
        open = true;
        nextProbe = now + SECOND;
        news.add(() -> listener.began(cause));
        news.add(() -> interested.forEach(Runnable::run));
      }
      Duration retryAfter = failure.retryAfter();
      boolean throttled = failure.kind() == CallFailure.Kind.THROTTLED;
      if (throttled && retryAfter != null && now + Ticks.nanos(retryAfter) > deadline) {
        giveUp(streak.asksTooLong(retryAfter), cause);
      } else if (now >= deadline && (open || streak.isRepeated())) {
        giveUp(streak.pastDeadline(now), cause);
      }
      if (!open || givenUp != null) {
        deadline = Ticks.NEVER;
      }
    }
    deadlineTimer.set(deadline);
    changed();
    return off;
  }

  private @Nullable CircuitPermit take() {
    long wake = Ticks.NEVER;
    synchronized (this) {
      if (givenUp != null) {
        throw givenUp;
      }
      if (!open) {
        return new CircuitPermit(this, false);
      }
      if (probe == null) {
        if (ticks.now() >= nextProbe) {
          probe = new CircuitPermit(this, true);
          return probe;
        }
        wake = nextProbe;
      }
    }
    probeTimer.set(wake);
    return null;
  }

  private void overdue() {
    long again = Ticks.NEVER;
    synchronized (this) {
      long deadline = streak.deadline();
      long now = ticks.now();
      Throwable cause = streak.lastCause();
      if (!open || givenUp != null) {
        return;
      }
      if (now < deadline) {
        again = deadline;
      } else if (cause != null && (probe == null || probe.isSent())) {
        giveUp(streak.pastDeadline(now), cause);
      }
      // Else the probe still waits for the quota: what becomes of it decides.
    }
    deadlineTimer.set(again);
    changed();
  }

  /** Ever later, but once more just before it is given up. */
  private long nextProbe(long now, long deadline) {
    long next = now + Math.min(SECOND << Math.min(++probes, 4), LONGEST_SPACING);
    long last = deadline - SECOND;
    return next > last && last >= now + SECOND ? last : next;
  }

  private void forget(CircuitPermit pass) {
    if (probe == pass) {
      probe = null;
    }
  }

  private void giveUp(String message, Throwable cause) {
    if (givenUp == null) {
      Duration lasted = streak.lasting(ticks.now());
      Instant began = Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS)).minus(lasted);
      givenUp =
          new OutageException(
              message + ". Last failure: " + cause.getMessage(), began, lasted, cause);
      news.add(() -> interested.forEach(Runnable::run));
    }
  }

  private void changed() {
    news.deliver();
    gate.drain();
  }
}
