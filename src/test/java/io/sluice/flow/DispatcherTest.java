package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.quota.Permit;
import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.CallFailure.Kind;
import io.sluice.flow.retry.CircuitBreaker;
import io.sluice.flow.retry.OutageException;
import io.sluice.flow.retry.Repetition;
import io.sluice.flow.retry.RetryBudget;
import io.sluice.flow.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class DispatcherTest {
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
  private final List<String> news = new ArrayList<>();
  private final AttemptCount attempts = new AttemptCount();
  private final AtomicReference<@Nullable Throwable> error = new AtomicReference<>();
  private final List<String> values = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "UNANSWERED", "SERVER_ERROR"})
  void safeCallIsRepeatedUntilItSucceeds(Kind kind) {
    send(dispatcher(), Repetition.SAFE, failing(2, kind));

    time.advanceTimeBy(Duration.ofSeconds(30));

    assertThat(values).containsExactly("ok");
    assertThat(attempts.made()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNANSWERED", "SERVER_ERROR"})
  void createIsNotRepeatedWhenItMayHaveBeenProcessed(Kind kind) {
    send(dispatcher(), Repetition.ONLY_IF_UNPROCESSED, failing(1, kind));

    time.advanceTimeBy(Duration.ofSeconds(30));

    assertThat(error.get()).isInstanceOf(TestFailure.class);
    assertThat(attempts.made()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "THROTTLED"})
  void createIsRepeatedWhenItSurelyWasNotProcessed(Kind kind) {
    send(dispatcher(), Repetition.ONLY_IF_UNPROCESSED, failing(2, kind));

    time.advanceTimeBy(Duration.ofSeconds(30));

    assertThat(values).containsExactly("ok");
  }

  @Test
  void aBarredCallIsNotSentAndHoldsNothing() {
    assertThat(attempts.bar()).isTrue();

    send(dispatcher(), Repetition.SAFE, failing(0, Kind.REFUSED));

    assertThat(error.get()).isInstanceOf(AttemptCount.NotSentException.class);
    assertThat(attempts.made()).isZero();
    assertThat(governor.status().inFlight()).isZero();
    assertThat(values).isEmpty();
  }

  @Test
  void whatWasSentCannotBeBarred() {
    send(dispatcher(), Repetition.SAFE, failing(0, Kind.REFUSED));

    assertThat(attempts.bar()).isFalse();
    assertThat(attempts.add()).isTrue();
    assertThat(attempts.made()).isEqualTo(2);
  }

  @Test
  void finalFailurePassesAsItIs() {
    send(dispatcher(), Repetition.SAFE, failing(9, Kind.FINAL));

    assertThat(error.get()).isInstanceOf(TestFailure.class);
    assertThat(attempts.made()).isEqualTo(1);
  }

  @Test
  void blockedCallIsMadeOnceAndEndsEveryOther() {
    Dispatcher dispatcher = dispatcher();
    AtomicInteger made = new AtomicInteger();
    Function<Permit, Mono<String>> waiting =
        permit -> {
          made.incrementAndGet();
          return Mono.delay(Duration.ofSeconds(1), time)
              .then(Mono.error(new TestFailure(Kind.BLOCKED)));
        };
    List<Throwable> errors = new ArrayList<>();
    dispatcher.send(Repetition.SAFE, new AttemptCount(), waiting).subscribe(v -> {}, errors::add);
    time.advanceTimeBy(Duration.ofSeconds(1));
    dispatcher.send(Repetition.SAFE, new AttemptCount(), waiting).subscribe(v -> {}, errors::add);
    dispatcher
        .send(Repetition.ONLY_IF_UNPROCESSED, new AttemptCount(), waiting)
        .subscribe(v -> {}, errors::add);
    time.advanceTimeBy(Duration.ofMinutes(20));

    assertThat(made).hasValue(1);
    assertThat(errors).hasSize(3);
    assertThat(errors.get(0)).isInstanceOf(TestFailure.class);
    assertThat(errors.subList(1, 3))
        .allSatisfy(
            error ->
                assertThat(error)
                    .isInstanceOf(OutageException.class)
                    .hasMessage("test: BLOCKED")
                    .hasCauseInstanceOf(TestFailure.class));
    assertThat(news).isEmpty();
  }

  @Test
  void errorThatIsNoCallFailurePassesAsItIs() {
    send(dispatcher(), Repetition.SAFE, permit -> Mono.error(new IllegalStateException("bug")));

    assertThat(error.get()).isInstanceOf(IllegalStateException.class);
    assertThat(governor.status().inFlight()).isZero();
  }

  @Test
  void spentAttemptsCarryTheLastFailure() {
    RetryPolicy three =
        new RetryPolicy(3, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(20)));
    send(dispatcher(three, 100), Repetition.SAFE, failing(99, Kind.SERVER_ERROR));

    time.advanceTimeBy(Duration.ofSeconds(30));

    assertThat(error.get())
        .isInstanceOfSatisfying(
            AttemptsSpentException.class, spent -> assertThat(spent.attempts()).isEqualTo(3))
        .hasCauseInstanceOf(TestFailure.class);
    assertThat(attempts.made()).isEqualTo(3);
  }

  @Test
  void throttledAttemptsDoNotCount() {
    RetryPolicy two =
        new RetryPolicy(2, new Backoff(Duration.ofMillis(250), Duration.ofSeconds(20)));
    AtomicInteger calls = new AtomicInteger();
    send(
        dispatcher(two, 100),
        Repetition.SAFE,
        permit -> {
          if (calls.incrementAndGet() > 20) {
            return Mono.just("ok");
          }
          permit.throttled(Duration.ofSeconds(3), List.of());
          return Mono.error(new TestFailure(Kind.THROTTLED, Duration.ofSeconds(3)));
        });

    time.advanceTimeBy(Duration.ofSeconds(400));

    assertThat(values).containsExactly("ok");
    assertThat(attempts.made()).isEqualTo(21);
  }

  @Test
  void emptyBudgetMakesRepetitionsWaitTheLongestBackoff() {
    send(dispatcher(RetryPolicy.standard(), 0), Repetition.SAFE, failing(1, Kind.SERVER_ERROR));

    time.advanceTimeBy(Duration.ofMillis(19_999));
    assertThat(values).isEmpty();
    time.advanceTimeBy(Duration.ofMillis(1));

    assertThat(values).containsExactly("ok");
  }

  @Test
  void theStandardPolicyWaitsUpToTwentySeconds() {
    assertThat(RetryPolicy.standard().backoff())
        .isEqualTo(new Backoff(Duration.ofMillis(250), Duration.ofSeconds(20)));
  }

  @Test
  void permitIsSettledOnCompletionErrorAndCancellation() {
    Dispatcher dispatcher = dispatcher();
    send(dispatcher, Repetition.SAFE, permit -> Mono.just("ok"));
    send(dispatcher, Repetition.SAFE, permit -> Mono.empty());
    send(dispatcher, Repetition.SAFE, failing(1, Kind.FINAL));
    Disposable running = send(dispatcher, Repetition.SAFE, permit -> Mono.never());
    assertThat(governor.status().inFlight()).isEqualTo(1);

    running.dispose();

    assertThat(governor.status().inFlight()).isZero();
  }

  @Test
  void outagePausesProbesAndResumesForAll() {
    Dispatcher dispatcher = dispatcher();
    List<Long> calls = new ArrayList<>();
    Function<Permit, Mono<String>> attempt =
        permit -> {
          calls.add(time.now(TimeUnit.MILLISECONDS));
          return time.now(TimeUnit.SECONDS) < 14
              ? Mono.error(new TestFailure(Kind.REFUSED))
              : Mono.just("ok");
        };
    for (int i = 0; i < 10; i++) {
      send(dispatcher, Repetition.ONLY_IF_UNPROCESSED, attempt);
    }

    time.advanceTimeBy(Duration.ofSeconds(60));

    assertThat(values).hasSize(10);
    assertThat(calls.subList(0, 6)).containsExactly(0L, 0L, 0L, 1000L, 3000L, 7000L);
    assertThat(calls.subList(6, 16)).containsOnly(15_000L);
    assertThat(news).containsExactly("began test: REFUSED", "ended 15");
  }

  @Test
  void outageBeforeTheFirstAnswerIsGivenUpSoon() {
    Dispatcher dispatcher = dispatcher();
    for (int i = 0; i < 10; i++) {
      send(dispatcher, Repetition.SAFE, failing(1000, Kind.REFUSED));
    }

    time.advanceTimeBy(Duration.ofMillis(29_999));
    assertThat(error.get()).isNull();
    time.advanceTimeBy(Duration.ofMillis(1));

    assertThat(error.get())
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("cannot be reached for 30 s");
    AtomicReference<@Nullable Throwable> later = new AtomicReference<>();
    dispatcher
        .send(Repetition.SAFE, new AttemptCount(), permit -> Mono.just("ok"))
        .subscribe(v -> {}, later::set);
    assertThat(later.get()).isInstanceOf(OutageException.class);
  }

  @Test
  void theTargetIsAskedOnceMoreBeforeItIsGivenUp() {
    Dispatcher dispatcher = dispatcher();
    for (int i = 0; i < 10; i++) {
      send(
          dispatcher,
          Repetition.SAFE,
          permit ->
              time.now(TimeUnit.SECONDS) < 20
                  ? Mono.error(new TestFailure(Kind.REFUSED))
                  : Mono.just("ok"));
    }

    time.advanceTimeBy(Duration.ofSeconds(60));

    assertThat(values).hasSize(10);
    assertThat(news).containsExactly("began test: REFUSED", "ended 29");
  }

  @Test
  void outageAfterAnAnswerIsGivenUpAtTheLimit() {
    Dispatcher dispatcher = dispatcher();
    send(dispatcher, Repetition.SAFE, permit -> Mono.just("ok"));
    for (int i = 0; i < 10; i++) {
      send(dispatcher, Repetition.SAFE, failing(1000, Kind.SERVER_ERROR));
    }

    time.advanceTimeBy(Duration.ofMinutes(14));
    assertThat(error.get()).isNull();
    time.advanceTimeBy(Duration.ofMinutes(1));

    assertThat(error.get()).isInstanceOf(OutageException.class).hasMessageContaining("900 s");
  }

  @Test
  void whoeverWaitsForAPermitHearsOfTheEndToo() {
    QuotaGovernor busy = QuotaGovernor.create(QuotaLimits.explicit(Quota.parse("4/1h")), time);
    Dispatcher dispatcher = dispatcher(busy, RetryPolicy.standard(), 100);
    List<Throwable> errors = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      dispatcher
          .send(Repetition.SAFE, new AttemptCount(), failing(1000, Kind.REFUSED))
          .subscribe(value -> {}, errors::add);
    }

    time.advanceTimeBy(Duration.ofHours(3));

    assertThat(errors).hasSize(20).allMatch(OutageException.class::isInstance);
    assertThat(busy.status().waiting()).isZero();
  }

  @Test
  void retryAfterBeyondTheAllowedOutageIsGivenUpAtOnce() {
    send(
        dispatcher(),
        Repetition.SAFE,
        permit -> {
          permit.throttled(Duration.ofHours(1), List.of());
          return Mono.error(new TestFailure(Kind.THROTTLED, Duration.ofHours(1)));
        });

    assertThat(error.get())
        .isInstanceOf(OutageException.class)
        .hasMessageContaining("3600 s")
        .hasMessageContaining("Run again later. Last failure:");
  }

  @Test
  void cancelledProbeMakesWayForTheNext() {
    Dispatcher dispatcher = dispatcher();
    List<Disposable> probes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      probes.add(send(dispatcher, Repetition.SAFE, failsFirst(Mono.never())));
    }
    time.advanceTimeBy(Duration.ofMillis(500));
    send(dispatcher, Repetition.SAFE, permit -> Mono.just("ok"));

    time.advanceTimeBy(Duration.ofSeconds(2));
    assertThat(values).isEmpty();
    probes.forEach(Disposable::dispose);

    assertThat(values).containsExactly("ok");
  }

  @Test
  void randomFailuresCostLittle() {
    Random random = new Random(11);
    Dispatcher dispatcher = dispatcher();
    AtomicInteger ok = new AtomicInteger();
    Flux.range(0, 10_000)
        .flatMap(
            i ->
                dispatcher.send(
                    Repetition.SAFE,
                    new AttemptCount(),
                    permit ->
                        Mono.delay(Duration.ofMillis(5 + random.nextInt(20)), time)
                            .map(
                                tick -> {
                                  permit.answered(List.of());
                                  if (random.nextInt(5) == 0) {
                                    throw new TestFailure(Kind.SERVER_ERROR);
                                  }
                                  return ok.incrementAndGet();
                                })),
            16)
        .onErrorComplete()
        .subscribe();

    while (ok.get() < 10_000 && time.now(TimeUnit.SECONDS) < 1400) {
      time.advanceTimeBy(Duration.ofMillis(100));
    }

    // 10,000 calls of 15 ms, 16 at a time, take 12 s with repetitions; the backoff does the rest.
    assertThat(ok).hasValue(10_000);
    assertThat(time.now(TimeUnit.SECONDS)).isLessThan(60);
  }

  @Test
  void itTellsHowLongEachAttemptWaitedForItsPermit() {
    QuotaLimits oneInTenSeconds =
        new QuotaLimits(List.of(new Quota(1, Duration.ofSeconds(10))), List.of(), 0);
    List<Duration> waits = new ArrayList<>();
    Dispatcher dispatcher =
        dispatcher(QuotaGovernor.create(oneInTenSeconds, time), RetryPolicy.standard(), 100)
            .reportingWaits(waits::add);
    send(dispatcher, Repetition.SAFE, failing(0, Kind.REFUSED));
    send(dispatcher, Repetition.SAFE, failing(0, Kind.REFUSED));
    send(dispatcher, Repetition.SAFE, failing(0, Kind.REFUSED)).dispose();

    time.advanceTimeBy(Duration.ofSeconds(60));

    assertThat(values).containsExactly("ok", "ok");
    assertThat(waits).hasSize(2).first().isEqualTo(Duration.ZERO);
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
  }

  private Function<Permit, Mono<String>> failsFirst(Mono<String> then) {
    AtomicInteger calls = new AtomicInteger();
    return permit ->
        calls.getAndIncrement() == 0 ? Mono.error(new TestFailure(Kind.REFUSED)) : then;
  }

  private static Function<Permit, Mono<String>> failing(int times, Kind kind) {
    AtomicInteger calls = new AtomicInteger();
    return permit -> {
      if (calls.getAndIncrement() < times) {
        if (kind == Kind.THROTTLED) {
          permit.throttled(Duration.ofSeconds(1), List.of());
        }
        return Mono.error(new TestFailure(kind));
      }
      permit.answered(List.of());
      return Mono.just("ok");
    };
  }

  private Disposable send(
      Dispatcher dispatcher, Repetition repetition, Function<Permit, Mono<String>> attempt) {
    return dispatcher.send(repetition, attempts, attempt).subscribe(values::add, error::set);
  }

  private Dispatcher dispatcher() {
    return dispatcher(RetryPolicy.standard(), 100);
  }

  private Dispatcher dispatcher(RetryPolicy policy, double budget) {
    return dispatcher(governor, policy, budget);
  }

  private Dispatcher dispatcher(QuotaGovernor by, RetryPolicy policy, double budget) {
    CircuitBreaker.Listener listener =
        new CircuitBreaker.Listener() {
          @Override
          public void began(Throwable cause) {
            news.add("began " + cause.getMessage());
          }

          @Override
          public void ended(Duration lasted) {
            news.add("ended " + lasted.toSeconds());
          }
        };
    CircuitBreaker outage =
        CircuitBreaker.create(Duration.ofMinutes(15), Duration.ofSeconds(30), time, listener);
    return Dispatcher.create(by, outage, policy, RetryBudget.create(budget, 0.5), time, () -> 0.5);
  }
}
