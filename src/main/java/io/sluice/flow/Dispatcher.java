package io.sluice.flow;

import io.sluice.flow.quota.Permit;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.CallFailure;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.flow.retry.CircuitPermit;
import io.sluice.flow.retry.OutageException;
import io.sluice.flow.retry.Repeats;
import io.sluice.flow.retry.Repetition;
import io.sluice.flow.retry.RetryBudget;
import io.sluice.flow.retry.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Makes the calls of one run: each attempt waits until no outage is on, then for a permit of the
 * quota governor, and is repeated if it failed and may be repeated. Thread-safe.
 */
public final class Dispatcher {
  private final QuotaGovernor governor;
  private final CircuitBreaker breaker;
  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final Scheduler scheduler;
  private final DoubleSupplier random;
  private final Consumer<Duration> waits;

  private Dispatcher(
      QuotaGovernor governor,
      CircuitBreaker breaker,
      RetryPolicy policy,
      RetryBudget budget,
      Scheduler scheduler,
      DoubleSupplier random,
      Consumer<Duration> waits) {
    this.governor = governor;
    this.breaker = breaker;
    this.policy = policy;
    this.budget = budget;
    this.scheduler = scheduler;
    this.random = random;
    this.waits = waits;
  }

  /**
   * A dispatcher for one run.
   *
   * @param governor paces the calls; runs with the same credential share it
   * @param breaker the health of the target in this run
   * @param budget the repetitions that this run may make in a hurry
   * @param scheduler runs the waits before repetitions
   */
  public static Dispatcher create(
      QuotaGovernor governor,
      CircuitBreaker breaker,
      RetryPolicy policy,
      RetryBudget budget,
      Scheduler scheduler) {
    return create(
        governor,
        breaker,
        policy,
        budget,
        scheduler,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Like {@link #create(QuotaGovernor, CircuitBreaker, RetryPolicy, RetryBudget, Scheduler)}, with
   * a source of jitter from 0 to below 1.
   */
  public static Dispatcher create(
      QuotaGovernor governor,
      CircuitBreaker breaker,
      RetryPolicy policy,
      RetryBudget budget,
      Scheduler scheduler,
      DoubleSupplier random) {
    breaker.whenItChanges(governor::recheck);
    return new Dispatcher(governor, breaker, policy, budget, scheduler, random, wait -> {});
  }

  /**
   * The same, which tells how long each attempt has waited for its permit. Attempts that gave up
   * waiting are not reported.
   */
  public Dispatcher reportingWaits(Consumer<Duration> observer) {
    return new Dispatcher(governor, breaker, policy, budget, scheduler, random, observer);
  }

  /**
   * Makes one call, and makes it again while that is allowed. Nothing happens before it is
   * subscribed to; cancelling cancels the attempt or leaves the queue.
   *
   * <p>Signals {@link AttemptsSpentException} when the attempts of the policy failed for passing
   * reasons; {@link OutageException} when the outage is given up, or after another call was
   * {@linkplain CallFailure.Kind#BLOCKED blocked}; {@link AttemptCount.NotSentException} if it was
   * barred before it was sent; and any failure that may not be repeated, or is no {@link
   * CallFailure}, as it is.
   *
   * @param attempts counts the attempts
   * @param attempt makes the call and reports to the permit; a permit that it did not report to is
   *     settled as unanswered
   */
  public <T> Mono<T> send(
      Repetition repetition, AttemptCount attempts, Function<Permit, Mono<T>> attempt) {
    return Mono.defer(
        () -> {
          Repeats repeats = new Repeats(repetition, policy, budget, scheduler, random);
          Mono<T> once =
              breaker.pass().flatMap(circuit -> once(circuit, repeats, attempts, attempt));
          // Most calls succeed at once: what repeats the others is made when one fails.
          return once.onErrorResume(failure -> repeats.after(failure).then(again(once, repeats)));
        });
  }

  private static <T> Mono<T> again(Mono<T> once, Repeats repeats) {
    return once.retryWhen(
        Retry.from(failures -> failures.concatMap(signal -> repeats.after(signal.failure()))));
  }

  private <T> Mono<T> once(
      CircuitPermit circuit,
      Repeats repeats,
      AttemptCount attempts,
      Function<Permit, Mono<T>> attempt) {
    long begun = scheduler.now(TimeUnit.NANOSECONDS);
    return governor
        .acquire(circuit::check)
        .flatMap(
            permit -> {
              long now = scheduler.now(TimeUnit.NANOSECONDS);
              waits.accept(Duration.ofNanos(Math.max(0, now - begun)));
              if (!attempts.add()) {
                permit.unanswered();
                return Mono.error(new AttemptCount.NotSentException());
              }
              circuit.send();
              budget.add();
              return Mono.using(() -> permit, attempt, Permit::unanswered);
            })
        .doOnSuccess(value -> breaker.succeeded(circuit))
        .doOnError(error -> learn(circuit, repeats, error))
        .doOnCancel(() -> breaker.release(circuit));
  }

  private void learn(CircuitPermit circuit, Repeats repeats, Throwable error) {
    boolean outages = false;
    if (!(error instanceof CallFailure failure)) {
      breaker.release(circuit);
    } else if (failure.kind() == CallFailure.Kind.FINAL) {
      breaker.succeeded(circuit);
    } else if (failure.kind() == CallFailure.Kind.BLOCKED) {
      breaker.blocked(circuit, error);
    } else {
      outages = breaker.failed(circuit, failure, error);
    }
    repeats.outage(outages);
  }
}
