package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What is late is asked for a second time, and the answer that comes first counts. */
final class HedgedCallsTest {
  private static final Duration USUAL = Duration.ofMillis(100);
  private static final Duration LATE = Duration.ofSeconds(5);

  private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final List<Object> ended = new ArrayList<>();
  private boolean spare = true;
  private int peak;

  @AfterEach
  void end() {
    VirtualTimeScheduler.reset();
  }

  @Test
  void aLateCallIsMadeAgainAndTheFirstOneIsCancelled() {
    HedgedCalls calls = warm(8);
    run(calls, nth -> answer("first", nth == 1 ? LATE : USUAL));
    time.advanceTimeBy(USUAL.multipliedBy(2).minusMillis(1));
    assertThat(made).hasValue(1);
    time.advanceTimeBy(USUAL.plusMillis(1));
    assertThat(ended).containsExactly("first");
    assertThat(made).hasValue(2);
    assertThat(cancelled).hasValue(1);
    assertThat(underWay).hasValue(0);
  }

  @Test
  void theFirstAnswerCountsWhereverItComesFrom() {
    HedgedCalls calls = warm(8);
    run(calls, nth -> answer(nth, nth == 1 ? USUAL.multipliedBy(2).plusMillis(50) : USUAL));
    time.advanceTimeBy(LATE);
    assertThat(ended).containsExactly(1);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void aFewMillisecondsAreNotWorthASecondCall() {
    HedgedCalls calls = new HedgedCalls(8, () -> true);
    Flux.range(0, 8)
        .concatMap(index -> calls.call(counted(() -> Duration.ofMillis(1))))
        .subscribe();
    time.advanceTimeBy(USUAL);
    run(calls, nth -> answer("done", Duration.ofMillis(99)));
    time.advanceTimeBy(USUAL);
    assertThat(ended).containsExactly("done");
    assertThat(made).hasValue(9);
  }

  @Test
  void nobodyKnowsWhatIsLateBeforeSomeCallsHaveEnded() {
    HedgedCalls calls = warm(1);
    run(calls, nth -> answer("slow", LATE));
    time.advanceTimeBy(LATE);
    assertThat(ended).containsExactly("slow");
    assertThat(made).hasValue(1);
  }

  @Test
  void withNoCallToSpareItIsWaitedFor() {
    HedgedCalls calls = warm(8);
    spare = false;
    run(calls, nth -> answer("slow", LATE));
    time.advanceTimeBy(LATE);
    assertThat(ended).containsExactly("slow");
    assertThat(made).hasValue(1);
  }

  @Test
  void ofAHundredCallsFourAreMadeTwiceAtMost() {
    HedgedCalls calls = warm(8);
    AtomicInteger number = new AtomicInteger();
    Flux.range(0, 1000)
        .flatMap(
            index -> calls.call(counted(() -> number.getAndIncrement() % 16 == 0 ? LATE : USUAL)),
            8)
        .subscribe();
    time.advanceTimeBy(Duration.ofHours(1));
    assertThat(made.get()).isBetween(1000 + 20, 1000 + 44);
    assertThat(peak).isEqualTo(8);
  }

  @Test
  void aServerThatBecomesSlowIsLearned() {
    HedgedCalls calls = warm(8);
    Flux.range(0, 100).concatMap(index -> calls.call(counted(() -> LATE))).subscribe();
    time.advanceTimeBy(LATE.multipliedBy(101));
    assertThat(made.get()).isLessThanOrEqualTo(100 + 4);
  }

  @Test
  void anErrorThatIsNotLateIsTheCallsOwn() {
    HedgedCalls calls = warm(8);
    run(calls, nth -> error("refused", USUAL));
    time.advanceTimeBy(USUAL);
    assertThat(ended).containsExactly("refused");
    time.advanceTimeBy(LATE);
    assertThat(made).hasValue(1);
  }

  @Test
  void whileOneOfBothMayStillAnswerNoErrorCounts() {
    HedgedCalls calls = warm(8);
    run(calls, nth -> nth == 1 ? answer("first", LATE) : error("second", USUAL));
    time.advanceTimeBy(LATE.minus(USUAL));
    assertThat(made).hasValue(2);
    assertThat(ended).isEmpty();
    time.advanceTimeBy(USUAL);
    assertThat(ended).containsExactly("first");
  }

  @Test
  void ifBothFailTheLaterErrorCounts() {
    HedgedCalls calls = warm(8);
    run(calls, nth -> nth == 1 ? error("first", LATE) : error("second", USUAL));
    time.advanceTimeBy(LATE);
    assertThat(ended).containsExactly("first");
    assertThat(underWay).hasValue(0);
  }

  @Test
  void cancellingCancelsBoth() {
    HedgedCalls calls = warm(8);
    Disposable both = run(calls, nth -> answer("slow", LATE));
    time.advanceTimeBy(USUAL.multipliedBy(3));
    assertThat(underWay).hasValue(2);
    both.dispose();
    assertThat(underWay).hasValue(0);
    time.advanceTimeBy(LATE);
    assertThat(ended).isEmpty();
  }

  @Test
  void theSecondCallGoesAheadOfThoseThatWait() {
    HedgedCalls calls = warm(8);
    run(calls, nth -> answer("late", nth == 1 ? LATE : Duration.ZERO));
    for (int call = 0; call < 30; call++) {
      int number = call;
      calls.call(counted(() -> USUAL)).subscribe(done -> ended.add(number));
    }
    time.advanceTimeBy(USUAL.multipliedBy(2));
    assertThat(ended).contains("late", 13).doesNotContain(14);
    assertThat(peak).isEqualTo(8);
    time.advanceTimeBy(LATE);
    assertThat(ended).hasSize(31);
  }

  @Test
  void aSecondCallThatGetsNoPlaceBeforeTheAnswerIsNotMade() {
    HedgedCalls calls = warm(8, 1);
    run(calls, nth -> answer("slow", LATE));
    run(calls, nth -> answer("next", USUAL));
    time.advanceTimeBy(LATE);
    assertThat(ended).containsExactly("slow");
    assertThat(made).describedAs("the next one has begun").hasValue(2);
    time.advanceTimeBy(USUAL);
    assertThat(ended).containsExactly("slow", "next");
    assertThat(cancelled).hasValue(0);
  }

  @Test
  void aSecondCallThatGetsThePlaceOfTheFirstWhichFailedIsMade() {
    HedgedCalls calls = warm(8, 1);
    run(calls, nth -> nth == 1 ? error("first", LATE) : answer("second", USUAL));
    time.advanceTimeBy(LATE.plus(USUAL));
    assertThat(ended).containsExactly("second");
    assertThat(made).hasValue(2);
    assertThat(peak).isEqualTo(1);
  }

  /** Calls of which so many have ended in the usual time; at most eight are under way at once. */
  private HedgedCalls warm(int calls) {
    return warm(calls, 8);
  }

  private HedgedCalls warm(int calls, int most) {
    HedgedCalls hedged = new HedgedCalls(most, () -> spare);
    Flux.range(0, calls).concatMap(index -> hedged.call(counted(() -> USUAL))).subscribe();
    time.advanceTimeBy(USUAL.multipliedBy(calls));
    assertThat(made).hasValue(calls);
    made.set(0);
    peak = 0;
    return hedged;
  }

  private Disposable run(HedgedCalls calls, IntFunction<Mono<Object>> nth) {
    AtomicInteger attempts = new AtomicInteger();
    return calls
        .call(Mono.defer(() -> watched(nth.apply(attempts.incrementAndGet()))))
        .subscribe(ended::add, error -> ended.add(String.valueOf(error.getMessage())));
  }

  private static Mono<Object> answer(Object answer, Duration after) {
    return Mono.just(answer).delayElement(after);
  }

  private static Mono<Object> error(String message, Duration after) {
    return Mono.delay(after).then(Mono.error(new IllegalStateException(message)));
  }

  private Mono<Object> counted(Supplier<Duration> lasting) {
    return Mono.defer(() -> watched(answer("done", lasting.get())));
  }

  private Mono<Object> watched(Mono<Object> call) {
    return Mono.defer(
        () -> {
          made.incrementAndGet();
          peak = Math.max(peak, underWay.incrementAndGet());
          return call.doOnTerminate(underWay::decrementAndGet)
              .doOnCancel(
                  () -> {
                    underWay.decrementAndGet();
                    cancelled.incrementAndGet();
                  });
        });
  }
}
