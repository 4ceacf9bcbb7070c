package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

final class CallSlotsTest {
  private final CallSlots slots = new CallSlots(2);
  private final List<Integer> begun = new ArrayList<>();
  private final List<Sinks.One<Integer>> calls = new ArrayList<>();

  @Test
  void soManyAtOnceTheOthersInTheirOrder() {
    for (int call = 0; call < 5; call++) {
      begin(call);
    }
    assertThat(begun).containsExactly(0, 1);

    calls.get(1).tryEmitValue(1);
    assertThat(begun).containsExactly(0, 1, 2);

    calls.get(0).tryEmitError(new IllegalStateException("lost"));
    calls.get(2).tryEmitEmpty();
    assertThat(begun).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void whoLeavesGivesItsSlotBack() {
    Disposable first = begin(0);
    begin(1);
    Disposable waiting = begin(2);
    begin(3);
    waiting.dispose();
    first.dispose();

    assertThat(begun).containsExactly(0, 1, 3);
  }

  @Test
  void noSlotIsLostWhateverEndsWhen() throws InterruptedException {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Flux.range(0, 20_000)
        .flatMap(
            call ->
                slots
                    .within(
                        Mono.fromCallable(
                                () -> {
                                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                  now.decrementAndGet();
                                  return call;
                                })
                            .subscribeOn(Schedulers.parallel()))
                    .onErrorComplete(),
            8)
        .blockLast(Duration.ofSeconds(30));

    assertThat(most.get()).isBetween(1, 2);
    // The last call may be about to give its slot back.
    CountDownLatch both = new CountDownLatch(2);
    for (int call = 0; call < 2; call++) {
      slots.within(Mono.fromRunnable(both::countDown).then(Mono.never())).subscribe();
    }
    assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private Disposable begin(int call) {
    Sinks.One<Integer> end = Sinks.one();
    calls.add(end);
    return slots
        .within(
            Mono.defer(
                () -> {
                  begun.add(call);
                  return end.asMono();
                }))
        .subscribe(value -> {}, error -> {});
  }
}
