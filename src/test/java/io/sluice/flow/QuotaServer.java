package io.sluice.flow;

import io.sluice.flow.quota.Permit;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.quota.QuotaReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A server with quotas and a jittery network before it, in virtual time. */
public final class QuotaServer {
  public final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  public final List<Long> arrivals = new ArrayList<>();
  final List<ServerPolicy> policies;
  public BooleanSupplier tellsHeaders = () -> true;

  /** The share of answers that are lost. */
  public double lost;

  public int throttled;
  public int answered;
  public int foreign;

  private final Random random;
  private final long shortest;
  private final long longest;

  public QuotaServer(long seed, Duration shortest, Duration longest, ServerPolicy... policies) {
    this.random = new Random(seed);
    this.shortest = shortest.toNanos();
    this.longest = longest.toNanos();
    this.policies = List.of(policies);
  }

  /** One call: the way there, the count, the way back, the report. */
  Mono<Boolean> call(Permit permit) {
    return Mono.delay(oneWay(), time)
        .map(tick -> count())
        .flatMap(ok -> answer(permit, ok, tellsHeaders.getAsBoolean() ? readings() : List.of()));
  }

  /** Other users of the same token: a call now and then, one every {@code mean} on average. */
  public void others(Duration mean) {
    long wait = (long) (2 * mean.toNanos() * random.nextDouble());
    time.schedule(
        () -> {
          if (policies.stream().allMatch(policy -> policy.hasRoom(now()))) {
            policies.forEach(policy -> policy.count(now()));
            foreign++;
          }
          others(mean);
        },
        wait,
        TimeUnit.NANOSECONDS);
  }

  /** Makes {@code calls} calls as fast as the governor lets them, for so long. */
  public void run(QuotaGovernor governor, int concurrency, int calls, Duration length) {
    Flux.range(0, calls)
        .flatMap(i -> governor.acquire().flatMap(this::call), concurrency)
        .subscribe();
    time.advanceTimeBy(length);
  }

  /** The most calls that any window of this length held, whatever its phase, both ends included. */
  public int busiest(Duration window) {
    int most = 0;
    int from = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      while (arrivals.get(i) - arrivals.get(from) > window.toNanos()) {
        from++;
      }
      most = Math.max(most, i - from + 1);
    }
    return most;
  }

  long now() {
    return time.now(TimeUnit.NANOSECONDS);
  }

  private boolean count() {
    arrivals.add(now());
    boolean ok = policies.stream().allMatch(policy -> policy.hasRoom(now()));
    if (ok) {
      policies.forEach(policy -> policy.count(now()));
    } else {
      throttled++;
    }
    return ok;
  }

  private List<QuotaReading> readings() {
    return policies.stream().map(policy -> policy.reading(now())).toList();
  }

  private Mono<Boolean> answer(Permit permit, boolean ok, List<QuotaReading> readings) {
    return Mono.delay(oneWay(), time)
        .map(
            tick -> {
              if (random.nextDouble() < lost) {
                permit.unanswered();
              } else if (ok) {
                answered++;
                permit.answered(readings);
              } else {
                permit.throttled(Duration.ofSeconds(1), readings);
              }
              return ok;
            });
  }

  private Duration oneWay() {
    return Duration.ofNanos(shortest + (long) ((longest - shortest) * random.nextDouble()));
  }
}
