package io.sluice.flow.quota;

import io.sluice.flow.DeadlineTimer;
import io.sluice.flow.FifoGate;
import io.sluice.flow.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Paces every call made with one credential, so that the server never has to answer 429.
 *
 * <p>A call may go when it fits into every quota that holds: explicit rates always; default rates
 * until answers announce their own; announced policies by the remainder that answers announce, less
 * the calls in flight and the reserve. A 429 stops all calls until its {@code Retry-After}, then a
 * single call finds out whether to go on. Local rates hold for every window at the server, whatever
 * its phase and the latency. Bursts are not smoothed.
 *
 * <p>Thread-safe; reports may come from any thread, and permits are emitted from whichever thread
 * made room for them. No lock is held meanwhile.
 */
public final class QuotaGovernor {
  private final QuotaLedger ledger;
  private final Ticks ticks;
  private final DeadlineTimer timer;
  private final FifoGate<IssuedPermit> line;
  private final @Nullable QuotaGovernor outer;
  private final @Nullable SharedGate shared;
  private final Supplier<@Nullable IssuedPermit> take = this::take;
  private boolean asking;
  private @Nullable IssuedPermit held;

  /** The shortest announced window that the outer governor learned of. */
  private long yielded = Ticks.NEVER;

  private QuotaGovernor(
      QuotaLimits limits,
      Scheduler scheduler,
      @Nullable QuotaGovernor outer,
      @Nullable SharedQuota others) {
    this.ledger = new QuotaLedger(limits);
    this.ticks = new Ticks(scheduler);
    this.line = new FifoGate<>(IssuedPermit::giveBack, IssuedPermit::unanswered, this::letGo);
    this.timer = new DeadlineTimer(scheduler, ticks, line::drain);
    this.outer = outer;
    this.shared = others == null ? null : new SharedGate(others, this::inForce, scheduler);
  }

  /**
   * A governor that stands alone.
   *
   * @param scheduler tells the time and runs the timers
   */
  public static QuotaGovernor create(QuotaLimits limits, Scheduler scheduler) {
    return new QuotaGovernor(limits, scheduler, null, null);
  }

  /**
   * A governor whose calls also obey another one that others share, such as that of the host. Of
   * all governors within it, each has at most one call waiting there, so that they take turns. The
   * outer one counts calls but does not learn of announced policies and 429s, which are the
   * credential's own; only its default rates below two seconds yield to an announced policy that is
   * as short.
   */
  public static QuotaGovernor create(QuotaLimits limits, Scheduler scheduler, QuotaGovernor outer) {
    return new QuotaGovernor(limits, scheduler, outer, null);
  }

  /**
   * A governor within another one, whose calls are counted together with those that other processes
   * make with the same credential.
   */
  public static QuotaGovernor create(
      QuotaLimits limits, Scheduler scheduler, QuotaGovernor outer, SharedQuota others) {
    return new QuotaGovernor(limits, scheduler, outer, others);
  }

  /**
   * Leave to make one call, first come, first served. Nothing happens before it is subscribed to.
   * Cancelling while it waits leaves the queue; a permit that could not be delivered goes back
   * uncounted. Cancelling after delivery settles the permit as unanswered, unless it is settled
   * already. Never fails and never times out.
   */
  public Mono<Permit> acquire() {
    return acquire(() -> {});
  }

  /** Like {@link #acquire()}, for a caller who is sent away with what the check throws. */
  public Mono<Permit> acquire(Runnable check) {
    Mono<IssuedPermit> own = line.enter(check, take);
    SharedGate gate = shared;
    if (gate == null) {
      return asPermit(own);
    }
    return own.flatMap(
        call ->
            gate.enter(check)
                .<Permit>map(go -> call)
                .doOnError(sentAway -> call.giveBack())
                .doOnCancel(call::unanswered));
  }

  private QuotasInForce inForce() {
    synchronized (ledger) {
      return ledger.inForce();
    }
  }

  /** Sends away everybody who waits and whose check now fails. */
  public void recheck() {
    line.sweep();
    if (shared != null) {
      shared.recheck();
    }
  }

  /** How things stand now. Cheap enough for a display that is redrawn many times a second. */
  public QuotaStatus status() {
    QuotaStatus own;
    synchronized (ledger) {
      own = ledger.status(ticks.now(), line.waiting());
    }
    if (outer == null) {
      return own;
    }
    QuotaStatus shared = outer.status();
    boolean unknown = own.remaining() == null;
    return new QuotaStatus(
        unknown ? shared.remaining() : own.remaining(),
        unknown ? shared.quota() : own.quota(),
        unknown ? shared.reset() : own.reset(),
        own.delay().compareTo(shared.delay()) > 0 ? own.delay() : shared.delay(),
        own.waiting(),
        own.inFlight());
  }

  /**
   * How long that many more calls will take, from now until the last of them may go: the longest
   * that any quota or a 429's pause holds them up, as far as is known now, those of the outer
   * governor included. Counts neither latency nor concurrency, nor what others will use, nor what
   * probes around a reset will gain. Zero if all could go at once; never fails, and says ages
   * rather than overflow.
   */
  public Duration forecast(long calls) {
    if (calls <= 0) {
      return Duration.ZERO;
    }
    Duration own;
    synchronized (ledger) {
      long now = ticks.now();
      own = Duration.ofNanos(ledger.lastOpensAt(calls, now) - now);
    }
    if (outer == null) {
      return own;
    }
    Duration shared = outer.forecast(calls);
    return own.compareTo(shared) > 0 ? own : shared;
  }

  void answered(IssuedPermit call, List<QuotaReading> readings) {
    synchronized (ledger) {
      ledger.answered(call, readings, ticks.now());
    }
    yieldOuter();
    line.drain();
  }

  void throttled(IssuedPermit call, @Nullable Duration retryAfter, List<QuotaReading> readings) {
    synchronized (ledger) {
      ledger.throttled(call, retryAfter, readings, ticks.now());
    }
    yieldOuter();
    line.drain();
  }

  void unanswered(IssuedPermit call) {
    synchronized (ledger) {
      ledger.unanswered(call, ticks.now());
    }
    line.drain();
  }

  void givenBack(IssuedPermit call) {
    synchronized (ledger) {
      ledger.givenBack(call);
    }
    line.drain();
  }

  /**
   * Passes each announced window that is shorter than those before on to the outer governor, once.
   */
  private void yieldOuter() {
    QuotaGovernor host = outer;
    if (host == null) {
      return;
    }
    long shortest;
    synchronized (ledger) {
      shortest = ledger.shortestAnnounced();
      if (shortest >= yielded) {
        return;
      }
      yielded = shortest;
    }
    synchronized (host.ledger) {
      host.ledger.yieldShortTo(shortest);
    }
    host.line.drain();
  }

  private @Nullable IssuedPermit take() {
    QuotaGovernor host = outer;
    IssuedPermit unused = null;
    boolean ask = false;
    long opens;
    synchronized (ledger) {
      long now = ticks.now();
      opens = ledger.opensAt(now);
      if (opens > now) {
        unused = held;
        held = null;
      } else if (host == null || held != null) {
        IssuedPermit call = ledger.issue(this, held, now);
        held = null;
        return call;
      } else {
        ask = !asking;
        asking = true;
        opens = Ticks.NEVER;
      }
    }
    if (unused != null) {
      unused.giveBack();
    }
    if (ask && host != null) {
      IssuedPermit granted = host.line.takeAtOnce(host.take);
      if (granted != null) {
        keep(granted);
        return take();
      }
      host.line.enter(() -> {}, host.take).subscribe(this::hold);
    }
    timer.set(opens);
    return null;
  }

  /** The outer governor let a call go: it is the first in the queue's, if it still may go. */
  private void hold(IssuedPermit call) {
    keep(call);
    line.drain();
    if (line.waiting() == 0) {
      letGo();
    }
  }

  private void keep(IssuedPermit call) {
    synchronized (ledger) {
      held = call;
      asking = false;
    }
  }

  /** Nobody waits, so what the outer governor granted goes back. */
  private void letGo() {
    IssuedPermit unused;
    synchronized (ledger) {
      unused = held;
      held = null;
    }
    if (unused != null) {
      unused.giveBack();
    }
  }

  @SuppressWarnings("unchecked") // A Mono only ever gives values out.
  private static Mono<Permit> asPermit(Mono<? extends Permit> mono) {
    return (Mono<Permit>) mono;
  }
}
