package io.sluice.flow.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Governors of several processes that count their calls in one place. */
final class SharedGateTest {
  private VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final List<Long> sent = new ArrayList<>();

  @Property(tries = 60)
  void togetherTheyKeepTheQuotaAndUseMostOfIt(
      @ForAll @IntRange(min = 1, max = 4) int processes,
      @ForAll @IntRange(min = 5, max = 60) int rate,
      @ForAll @IntRange(max = 3000) int latency) {
    time = VirtualTimeScheduler.create();
    sent.clear();
    Quota quota = new Quota(rate, Duration.ofSeconds(10));
    Counted counted = new Counted();
    int calls = 3 * rate;
    for (int i = 0; i < processes; i++) {
      run(governor(quota, counted), calls, latency % 400);
    }
    time.advanceTimeBy(Duration.ofHours(1));

    assertThat(sent).hasSize(processes * calls);
    assertKept(quota);
    double windows = 3.0 * processes;
    assertThat(sent.get(sent.size() - 1) / 10_000.0).isLessThan(windows * 1.45 + 1);
  }

  @Test
  void whoIsNotAloneGetsSlicesAndWhoIsIdleHoldsNothingBack() {
    Counted counted = new Counted();
    Quota quota = new Quota(100, Duration.ofSeconds(10));
    run(governor(quota, counted), 64, 0);
    run(governor(quota, counted), 36, 0);
    time.advanceTimeBy(Duration.ofMillis(10));

    assertThat(sent).hasSizeBetween(90, 100);
    assertThat(counted.asked).isLessThan(30);
  }

  @Test
  void aPlaceThatCannotBeAskedHoldsCallsBackUntilItCan() {
    Counted counted = new Counted();
    counted.broken = true;
    run(governor(new Quota(100, Duration.ofSeconds(10)), counted), 5, 0);
    time.advanceTimeBy(Duration.ofSeconds(5));
    assertThat(sent).isEmpty();

    counted.broken = false;
    time.advanceTimeBy(Duration.ofSeconds(2));
    assertThat(sent).hasSize(5);
  }

  @Test
  void whoLeavesWhileWaitingLeavesNothingInFlight() {
    Counted counted = new Counted();
    counted.broken = true;
    QuotaGovernor governor = governor(new Quota(100, Duration.ofSeconds(10)), counted);
    Disposable waiting = governor.acquire().subscribe(permit -> permit.answered(List.of()));
    assertThat(governor.status().inFlight()).isEqualTo(1);

    waiting.dispose();
    assertThat(governor.status().inFlight()).isZero();
  }

  private QuotaGovernor governor(Quota quota, SharedQuota shared) {
    QuotaGovernor host = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    return QuotaGovernor.create(QuotaLimits.explicit(quota), time, host, shared);
  }

  private void run(QuotaGovernor governor, int calls, int latency) {
    Flux.range(0, calls)
        .flatMap(
            i ->
                governor
                    .acquire()
                    .doOnNext(permit -> sent.add(now()))
                    .delayElement(Duration.ofMillis(latency), time)
                    .doOnNext(permit -> permit.answered(List.of())),
            16)
        .subscribe();
  }

  private void assertKept(Quota quota) {
    for (int i = 0; i + quota.calls() < sent.size(); i++) {
      assertThat(sent.get(i + (int) quota.calls()) - sent.get(i))
          .isGreaterThanOrEqualTo(quota.window().toMillis());
    }
  }

  private long now() {
    return time.now(TimeUnit.MILLISECONDS);
  }

  /** What processes share, in memory. */
  private final class Counted implements SharedQuota {
    private final Deque<long[]> leases = new ArrayDeque<>();
    private boolean broken;
    private int asked;

    @Override
    public Mono<Slice> take(Request wanted) {
      return Mono.fromCallable(
          () -> {
            asked++;
            if (broken) {
              throw new IllegalStateException("cannot be reached");
            }
            Quota quota = wanted.quotas().get(0);
            long reach =
                quota.window().plus(SharedQuota.life(quota.window()).multipliedBy(2)).toMillis();
            while (!leases.isEmpty() && leases.peek()[0] + reach <= now()) {
              leases.remove();
            }
            long taken = leases.stream().mapToLong(lease -> lease[1]).sum();
            int grant = (int) Math.min(wanted.most(), quota.calls() - taken);
            if (grant <= 0) {
              return new Slice(0, Duration.ofMillis(leases.element()[0] + reach - now()));
            }
            leases.add(new long[] {now(), grant});
            return new Slice(grant, Duration.ZERO);
          });
    }
  }
}
