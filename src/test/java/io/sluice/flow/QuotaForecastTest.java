package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.QuotaGovernor;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.flow.quota.QuotaReading;
import io.sluice.flow.quota.QuotaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How long calls will take, told in advance, against how long they take. */
class QuotaForecastTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

  @ParameterizedTest
  @CsvSource({"0,0", "-5,0", "1,0", "1080,0", "1081,300", "2160,300", "2161,600", "10000,2700"})
  void announcedWindowsAreSpentDownToTheReserve(long calls, long seconds) {
    QuotaGovernor governor = governor();
    answer(governor, new QuotaReading("default", 1200L, seconds(300), 1200L, seconds(300)));

    assertThat(governor.forecast(calls)).isEqualTo(seconds(seconds));
  }

  @Test
  void whatIsLeftOfTheWindowAndItsResetCount() {
    QuotaGovernor governor = governor();
    answer(governor, new QuotaReading("default", 100L, seconds(60), 30L, seconds(20)));

    assertThat(governor.forecast(20)).isZero();
    assertThat(governor.forecast(21)).isBetween(seconds(20), seconds(21));
    assertThat(governor.forecast(20 + 90)).isEqualTo(governor.forecast(21));
    assertThat(governor.forecast(20 + 91)).isEqualTo(governor.forecast(21).plus(seconds(60)));
  }

  @Test
  void callsInFlightAreTakenOff() {
    QuotaGovernor governor = governor();
    governor.acquire().subscribe();
    answer(governor, new QuotaReading("default", 100L, seconds(60), 30L, seconds(20)));

    assertThat(governor.forecast(19)).isZero();
    assertThat(governor.forecast(20)).isGreaterThanOrEqualTo(seconds(20));
  }

  @ParameterizedTest
  @CsvSource({"10,0", "11,1000", "20,1000", "21,2000", "105,10000"})
  void anExplicitRateGivesSoManyPerWindow(long calls, long millis) {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.explicit(Quota.parse("10/1s")), time);

    assertThat(governor.forecast(calls))
        .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis).plusNanos(20));
  }

  @Test
  void theLongestOfAllHolds() {
    QuotaGovernor host = QuotaGovernor.create(QuotaLimits.explicit(Quota.parse("5/1s")), time);
    QuotaLimits limits =
        new QuotaLimits(List.of(Quota.parse("100/60s"), Quota.parse("20/1s")), List.of(), 0.1);
    QuotaGovernor governor = QuotaGovernor.create(limits, time, host);

    assertThat(governor.forecast(50).toSeconds()).isEqualTo(9);
    assertThat(governor.forecast(500).toSeconds()).isEqualTo(240);
  }

  @Test
  void aPauseComesFirst() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.explicit(Quota.parse("10/1s")), time);
    governor.acquire().subscribe(permit -> permit.throttled(seconds(30), List.of()));

    assertThat(governor.forecast(1)).isEqualTo(seconds(30));
    assertThat(governor.forecast(11).toSeconds()).isEqualTo(31);
  }

  @Test
  void nothingHoldsUpWhoKnowsNoQuota() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.unlimited(), time);
    assertThat(governor.forecast(Long.MAX_VALUE)).isZero();
  }

  @Test
  void noNumberOfCallsIsTooLarge() {
    QuotaGovernor governor = governor();
    assertThat(governor.forecast(Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(36_500));
    answer(governor, new QuotaReading("default", 1L, seconds(86_400), 0L, seconds(1)));
    assertThat(governor.forecast(Long.MAX_VALUE)).isGreaterThan(Duration.ofDays(36_500));
  }

  @Test
  void lookingAheadChangesNothing() {
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.explicit(Quota.parse("1/1s")), time);
    governor.acquire().subscribe(permit -> permit.throttled(seconds(30), List.of()));
    QuotaStatus before = governor.status();

    governor.forecast(1000);

    assertThat(governor.status()).isEqualTo(before);
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void anExplicitRateIsForetoldExactly(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int rate,
      @ForAll @IntRange(max = 100) int before,
      @ForAll @IntRange(min = 1, max = 200) int calls) {
    QuotaServer server = new QuotaServer(seed, Duration.ZERO, Duration.ZERO);
    Quota quota = new Quota(rate, SECOND);
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.explicit(quota), server.time);

    foretell(server, governor, seed, before, calls, Duration.ofMillis(10));
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void anAnnouncedPolicyIsForetoldToWithinOneWindow(
      @ForAll long seed,
      @ForAll @IntRange(min = 30, max = 200) int quota,
      @ForAll @IntRange(min = 2, max = 20) int seconds,
      @ForAll boolean clock,
      @ForAll ServerPolicy.Told told,
      @ForAll @IntRange(min = 1, max = 400) int before,
      @ForAll @DoubleRange(max = 10) double windows) {
    ServerPolicy policy = policy(seed, quota + "/" + seconds, clock, told);
    QuotaServer server = new QuotaServer(seed, Duration.ZERO, Duration.ZERO, policy);
    QuotaLimits limits = new QuotaLimits(List.of(), List.of(Quota.parse("1200/300s")), 0.1);
    QuotaGovernor governor = QuotaGovernor.create(limits, server.time);

    // Resets are told in whole seconds, rounded either way. Probes, which the forecast leaves out,
    // add up to a window over more windows than these.
    foretell(server, governor, seed, before, 1 + (int) (windows * quota), seconds(seconds + 2));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void severalQuotasAreForetoldToWithinOneWindow(
      @ForAll long seed,
      @ForAll boolean clock,
      @ForAll @IntRange(min = 10, max = 100) int explicit,
      @ForAll @IntRange(min = 10, max = 30) int host,
      @ForAll @IntRange(min = 1, max = 200) int before,
      @ForAll @IntRange(min = 1, max = 600) int calls) {
    ServerPolicy policy = policy(seed, "100/15s", clock, ServerPolicy.Told.UP);
    QuotaServer server = new QuotaServer(seed, Duration.ZERO, Duration.ZERO, policy);
    QuotaGovernor outer =
        QuotaGovernor.create(QuotaLimits.explicit(new Quota(host, SECOND)), server.time);
    QuotaLimits limits = new QuotaLimits(List.of(new Quota(explicit, seconds(10))), List.of(), 0.1);
    QuotaGovernor governor = QuotaGovernor.create(limits, server.time, outer);

    // Here too resets are told in whole seconds: each window of 90 calls may end a second later.
    foretell(server, governor, seed, before, calls, seconds(15 + 2 + calls / 90));
  }

  /** Makes calls, waits a while, and compares the forecast for more calls with the truth. */
  private static void foretell(
      QuotaServer server, QuotaGovernor governor, long seed, int before, int calls, Duration off) {
    Random random = new Random(seed);
    List<Long> sent = new ArrayList<>();
    server.run(governor, 8, before, Duration.ofHours(1));
    server.time.advanceTimeBy(Duration.ofMillis(random.nextInt(20_000)));
    server.run(governor, 8, random.nextInt(40), Duration.ofMillis(random.nextInt(3000)));
    while (governor.status().waiting() + governor.status().inFlight() > 0) {
      server.time.advanceTimeBy(Duration.ofMillis(10));
    }
    long start = server.now();
    Duration forecast = governor.forecast(calls);

    Flux.range(0, calls)
        .flatMap(
            i -> governor.acquire().doOnNext(p -> sent.add(server.now())).flatMap(server::call), 8)
        .subscribe();
    server.time.advanceTimeBy(Duration.ofHours(2));

    assertThat(server.throttled).isZero();
    assertThat(sent).hasSize(calls);
    Duration taken = Duration.ofNanos(sent.get(calls - 1) - start);
    assertThat(forecast).isBetween(floor(taken.minus(off)), taken.plus(off));
  }

  private static Duration floor(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static ServerPolicy policy(
      long seed, String quota, boolean clock, ServerPolicy.Told told) {
    return new ServerPolicy(
        "default",
        quota,
        clock ? ServerPolicy.Kind.CLOCK : ServerPolicy.Kind.FIRST_CALL,
        told,
        Duration.ofMillis(Math.floorMod(seed, 1000)));
  }

  private QuotaGovernor governor() {
    return QuotaGovernor.create(
        new QuotaLimits(List.of(), List.of(Quota.parse("1200/300s")), 0.1), time);
  }

  private static void answer(QuotaGovernor governor, QuotaReading reading) {
    governor.acquire().subscribe(permit -> permit.answered(List.of(reading)));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
