package io.sluice.flow.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Decides if and when one call is made again. Used by one subscription. */
public final class Repeats {
  private static final Mono<Long> AT_ONCE = Mono.just(0L);

  private final Repetition repetition;
  private final RetryPolicy policy;
  private final RetryBudget budget;
  private final Scheduler scheduler;
  private final DoubleSupplier random;
  private int failed;
  private boolean outage;

  public Repeats(
      Repetition repetition,
      RetryPolicy policy,
      RetryBudget budget,
      Scheduler scheduler,
      DoubleSupplier random) {
    this.repetition = repetition;
    this.policy = policy;
    this.budget = budget;
    this.scheduler = scheduler;
    this.random = random;
  }

  /** True if the failure that comes next belongs to an outage. */
  public void outage(boolean on) {
    outage = on;
  }

  /** Emits when to make the next attempt, or the error to end with. */
  public Mono<Long> after(Throwable error) {
    if (error instanceof CircuitPermit.BackToTheGate) {
      return AT_ONCE;
    }
    if (!(error instanceof CallFailure failure) || !repetition.allows(failure.kind())) {
      return Mono.error(error);
    }
    if (outage || failure.kind() == CallFailure.Kind.THROTTLED) {
      // The outage's gate or the governor makes it wait.
      return AT_ONCE;
    }
    if (++failed >= policy.attempts()) {
      return Mono.error(new AttemptsSpentException(failed, error));
    }
    return Mono.delay(delay(failure.retryAfter()), scheduler);
  }

  private Duration delay(@Nullable Duration asked) {
    Duration delay =
        budget.take()
            ? policy.backoff().jittered(failed, random.getAsDouble())
            : policy.backoff().longest();
    if (asked == null || asked.compareTo(delay) <= 0) {
      return delay;
    }
    // A server that asks for more time gets it, within reason.
    Duration longest = policy.backoff().longest();
    return asked.compareTo(longest) < 0 ? asked : longest;
  }
}
