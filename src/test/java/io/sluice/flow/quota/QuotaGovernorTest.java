package io.sluice.flow.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class QuotaGovernorTest {
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final List<Permit> permits = new ArrayList<>();

  @Test
  void nothingIsTakenBeforeSubscription() {
    QuotaGovernor governor = governor("1/1s");

    governor.acquire();

    assertThat(governor.status().inFlight()).isZero();
  }

  @Test
  void permitsGoOutInTheOrderOfSubscription() {
    QuotaGovernor governor = governor("1/1s");
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      governor
          .acquire()
          .subscribe(
              permit -> {
                order.add(number);
                permit.answered(List.of());
              });
    }

    time.advanceTimeBy(Duration.ofSeconds(10));

    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void cancellingLeavesTheQueue() {
    QuotaGovernor governor = governor("1/1s");
    take(governor);
    Disposable second = governor.acquire().subscribe(permits::add);
    take(governor);

    second.dispose();

    assertThat(governor.status().waiting()).isEqualTo(1);
    permits.get(0).answered(List.of());
    time.advanceTimeBy(Duration.ofSeconds(2));
    assertThat(permits).hasSize(2);
    assertThat(governor.status().waiting()).isZero();
  }

  @Test
  void permitCancelledOnItsWayGoesBackUncounted() {
    QuotaGovernor governor = governor("2/1h");
    Disposable[] second = new Disposable[1];
    take(governor);
    take(governor);
    // The first to go on cancels the next one while the permit for it is being made out.
    governor.acquire().subscribe(permit -> second[0].dispose());
    second[0] = governor.acquire().subscribe(permits::add);

    permits.get(0).unanswered();
    time.advanceTimeBy(Duration.ofHours(2));

    assertThat(permits).hasSize(2);
    assertThat(governor.status().waiting()).isZero();
  }

  @Test
  void firstReportOfAPermitCounts() {
    QuotaGovernor governor = governor("5/1s");
    take(governor);

    permits.get(0).answered(List.of());
    permits.get(0).throttled(Duration.ofHours(1), List.of());
    permits.get(0).unanswered();

    assertThat(governor.status().inFlight()).isZero();
    assertThat(governor.status().delay()).isZero();
  }

  @Test
  void hundredThousandWaitersAreServedWithoutRecursion() {
    QuotaGovernor governor = governor("1/1ms");
    AtomicInteger served = new AtomicInteger();
    governor.acquire().subscribe(permits::add);
    for (int i = 0; i < 100_000; i++) {
      governor
          .acquire()
          .subscribe(
              permit -> {
                served.incrementAndGet();
                permit.answered(List.of());
              });
    }
    assertThat(governor.status().waiting()).isEqualTo(100_000);

    permits.get(0).answered(List.of());
    time.advanceTimeBy(Duration.ofSeconds(201));

    assertThat(served).hasValue(100_000);
  }

  @Test
  void hundredThousandWaitersAreServedAtOnceWhenThereIsRoom() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    take(governor);
    permits.get(0).throttled(Duration.ofSeconds(5), List.of());
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < 100_000; i++) {
      governor
          .acquire()
          .subscribe(
              permit -> {
                served.incrementAndGet();
                permit.answered(List.of());
              });
    }

    time.advanceTimeBy(Duration.ofSeconds(5));

    assertThat(served).hasValue(100_000);
  }

  @Test
  void throttlingStopsEverythingThenProbesWithOneCall() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    take(governor);
    permits.get(0).throttled(Duration.ofSeconds(30), List.of());
    IntStream.range(0, 3).forEach(i -> take(governor));

    time.advanceTimeBy(Duration.ofMillis(29_999));
    assertThat(permits).hasSize(1);
    assertThat(governor.status().delay()).isEqualTo(Duration.ofMillis(1));
    time.advanceTimeBy(Duration.ofMillis(1));
    assertThat(permits).hasSize(2);
    permits.get(1).answered(List.of());

    assertThat(permits).hasSize(4);
  }

  @Test
  void throttlingWithoutRetryAfterBacksOffTwiceAsLongEachTime() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      take(governor);
      long before = time.now(TimeUnit.SECONDS);
      permits.get(i).throttled(null, List.of());
      take(governor);
      while (permits.size() == i + 1) {
        time.advanceTimeBy(Duration.ofSeconds(1));
      }
      waits.add(time.now(TimeUnit.SECONDS) - before);
      permits.remove(permits.size() - 1).unanswered();
    }

    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void throttlingWithoutRetryAfterWaitsForTheAnnouncedReset() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    take(governor);

    permits.get(0).throttled(null, List.of(reading("default", 60L, 60, 0L, 17)));

    assertThat(governor.status().delay()).isBetween(Duration.ofSeconds(17), Duration.ofSeconds(18));
  }

  @Test
  void longDefaultYieldsToAnyPolicyAndShortOneOnlyToAShortOne() {
    QuotaGovernor governor =
        QuotaGovernor.create(
            new QuotaLimits(List.of(), List.of(Quota.parse("20/300s"), Quota.parse("10/1s")), 0),
            time);
    take(governor);
    permits.get(0).answered(List.of(reading("default", 5000L, 60, 4999L, 60)));

    IntStream.range(0, 50).forEach(i -> take(governor));
    assertThat(permits).hasSize(10);
    permits.get(1).answered(List.of(reading("burst", 500L, 1, 490L, 1)));

    assertThat(permits).hasSize(51);
  }

  @Test
  void explicitRateNeverYields() {
    QuotaGovernor governor = governor("3/60s");
    take(governor);

    permits.get(0).answered(List.of(reading("default", 5000L, 60, 4999L, 60)));
    IntStream.range(0, 10).forEach(i -> take(governor));

    assertThat(permits).hasSize(3);
  }

  @Test
  void policyWithoutRemainderIsKeptToLocally() {
    QuotaGovernor governor = QuotaGovernor.create(new QuotaLimits(List.of(), List.of(), 0.1), time);
    take(governor);

    permits.get(0).answered(List.of(reading("default", 10L, 60, null, null)));
    IntStream.range(0, 20).forEach(i -> take(governor));

    assertThat(permits).hasSize(9);
  }

  @Test
  void callsInFlightAreTakenOffTheRemainder() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    IntStream.range(0, 4).forEach(i -> take(governor));

    permits.get(0).answered(List.of(reading("default", 100L, 60, 5L, 60)));
    IntStream.range(0, 10).forEach(i -> take(governor));

    assertThat(permits).hasSize(6);
    assertThat(governor.status().remaining()).isZero();
    assertThat(governor.status().quota()).isEqualTo(100);
    assertThat(governor.status().reset()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void lowestReadingOfAWindowCountsWhenAnswersArriveOutOfOrder() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    IntStream.range(0, 2).forEach(i -> take(governor));

    permits.get(0).answered(List.of(reading("default", 100L, 60, 2L, 60)));
    permits.get(1).answered(List.of(reading("default", 100L, 60, 50L, 60)));
    IntStream.range(0, 10).forEach(i -> take(governor));

    assertThat(permits).hasSize(4);
  }

  @Test
  void callsObeyTheOuterGovernorToo() {
    QuotaGovernor host = governor("3/1s");
    QuotaGovernor one = QuotaGovernor.create(QuotaLimits.unlimited(), time, host);
    QuotaGovernor other = QuotaGovernor.create(QuotaLimits.unlimited(), time, host);
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      one.acquire().subscribe(permit -> answer(permit, order, "one"));
    }
    for (int i = 0; i < 6; i++) {
      other.acquire().subscribe(permit -> answer(permit, order, "other"));
    }

    assertThat(order).hasSize(3);
    time.advanceTimeBy(Duration.ofMillis(1001));
    assertThat(order).hasSize(6);
    assertThat(order.subList(3, 6)).contains("one", "other");
    time.advanceTimeBy(Duration.ofSeconds(3));
    assertThat(order).hasSize(12);
    assertThat(host.status().inFlight()).isZero();
  }

  @Test
  void permitOfTheOuterGovernorGoesBackIfNobodyWantsItAnyMore() {
    QuotaGovernor host = governor("1/1h");
    QuotaGovernor one = QuotaGovernor.create(QuotaLimits.unlimited(), time, host);
    take(host);
    Disposable waiting = one.acquire().subscribe(permits::add);

    waiting.dispose();
    permits.get(0).unanswered();
    time.advanceTimeBy(Duration.ofHours(2));

    assertThat(host.status().inFlight()).isZero();
    assertThat(host.status().delay()).isZero();
    assertThat(permits).hasSize(1);
  }

  @Test
  void threadsThatCancelAndAnswerAtTheSameTimeLoseNoPermit() throws InterruptedException {
    QuotaGovernor governor =
        QuotaGovernor.create(
            QuotaLimits.explicit(Quota.parse("8/1ms")), Schedulers.newSingle("time", true));
    CountDownLatch done = new CountDownLatch(4);
    for (int thread = 0; thread < 4; thread++) {
      Flux.range(0, 3000)
          .flatMap(
              i -> {
                if (i % 3 == 0) {
                  governor.acquire().subscribe(Permit::unanswered).dispose();
                }
                return governor.acquire().doOnNext(permit -> permit.answered(List.of()));
              },
              4)
          .subscribeOn(Schedulers.boundedElastic())
          .doFinally(signal -> done.countDown())
          .subscribe();
    }

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(governor.status().inFlight()).isZero();
    assertThat(governor.status().waiting()).isZero();
  }

  private static void answer(Permit permit, List<String> order, String who) {
    order.add(who);
    permit.answered(List.of());
  }

  private QuotaGovernor governor(String rate) {
    return QuotaGovernor.create(QuotaLimits.explicit(Quota.parse(rate)), time);
  }

  private void take(QuotaGovernor governor) {
    governor.acquire().subscribe(permits::add);
  }

  private static QuotaReading reading(
      String policy, Long quota, int window, @Nullable Long remaining, @Nullable Integer reset) {
    return new QuotaReading(
        policy,
        quota,
        Duration.ofSeconds(window),
        remaining,
        reset == null ? null : Duration.ofSeconds(reset));
  }
}
