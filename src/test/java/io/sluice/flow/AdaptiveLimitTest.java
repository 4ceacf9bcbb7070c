package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The bound follows how long calls take. */
final class AdaptiveLimitTest {
  private static final int MOST = 32;

  private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
  private final AdaptiveLimit limit = AdaptiveLimit.upTo(MOST, time -> {});
  private final AtomicInteger underWay = new AtomicInteger();
  private int peak;

  @BeforeEach
  void begin() {
    time.advanceTimeBy(Duration.ofSeconds(1));
  }

  @AfterEach
  void end() {
    VirtualTimeScheduler.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 150, 900})
  void aLongWayIsFilledUpToTheMostThatIsAllowed(int millis) {
    run(500, busy -> millis);
    assertThat(limit.limit()).isEqualTo(MOST);
    assertThat(peak).isEqualTo(MOST);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10, 16})
  void aServerThatServesSoManyAtOnceGetsFewMore(int served) {
    run(2_000, busy -> Math.max(40, 40 * busy / served));
    assertThat(limit.limit()).isBetween(8, Math.max(8, 2 * served));
  }

  @Test
  void aWayThatBecomesLongerIsNotLeftEmpty() {
    run(500, busy -> 10);
    run(2_000, busy -> 100);
    assertThat(limit.limit()).isEqualTo(8);
    run(500, busy -> 9);
    assertThat(limit.limit()).isEqualTo(MOST);
  }

  @Test
  void fewCallsDoNotRaiseWhatTheyDoNotUse() {
    for (int i = 0; i < 100; i++) {
      run(2, busy -> 40);
    }
    assertThat(limit.limit()).isEqualTo(8);
  }

  @Test
  void callsThatFailOrAreCancelledGiveTheirPlacesBack() {
    for (int i = 0; i < 100; i++) {
      assertThat(
              limit.call(Mono.error(new IllegalStateException())).onErrorComplete().blockOptional())
          .isEmpty();
      limit.call(Mono.never()).subscribe().dispose();
    }
    List<Disposable> held = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      held.add(limit.call(Mono.never().doOnSubscribe(s -> underWay.incrementAndGet())).subscribe());
    }
    assertThat(underWay.get()).isEqualTo(8);
    held.get(0).dispose();
    assertThat(underWay.get()).describedAs("the next in the queue").isEqualTo(9);
    held.get(9).dispose();
    held.get(1).dispose();
    assertThat(underWay.get()).describedAs("none waits").isEqualTo(9);
  }

  @Test
  void callsBeginInTheOrderInWhichTheyAsked() {
    Queue<Integer> begun = new ArrayDeque<>();
    Flux.range(0, 40)
        .flatMap(
            i ->
                limit.call(
                    Mono.defer(
                        () -> {
                          begun.add(i);
                          return Mono.delay(Duration.ofMillis(5 + i % 3));
                        })),
            40)
        .subscribe();
    time.advanceTimeBy(Duration.ofSeconds(5));
    assertThat(begun).containsExactlyElementsOf(Flux.range(0, 40).toIterable());
  }

  /** Runs calls as many at once as the bound allows, each as long as the number of calls says. */
  private void run(int calls, LongUnaryOperator millis) {
    Flux.range(0, calls)
        .flatMap(
            i ->
                limit.call(
                    Mono.defer(
                        () -> {
                          int busy = underWay.incrementAndGet();
                          peak = Math.max(peak, busy);
                          return Mono.delay(Duration.ofMillis(millis.applyAsLong(busy)))
                              .doOnTerminate(underWay::decrementAndGet);
                        })),
            2 * MOST)
        .subscribe();
    time.advanceTimeBy(Duration.ofHours(2));
    assertThat(underWay.get()).isZero();
  }
}
