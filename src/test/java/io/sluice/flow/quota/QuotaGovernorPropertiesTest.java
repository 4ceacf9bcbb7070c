package io.sluice.flow.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.QuotaServer;
import io.sluice.flow.ServerPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

class QuotaGovernorPropertiesTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final List<Quota> DEFAULTS =
      List.of(Quota.parse("1200/300s"), Quota.parse("200/1s"));

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void noWindowHoldsMoreThanTheExplicitRateWhateverItsPhase(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 50) int calls,
      @ForAll @IntRange(min = 50, max = 3000) int millis,
      @ForAll @IntRange(min = 1, max = 64) int concurrency,
      @ForAll @IntRange(min = 0, max = 800) int latency) {
    Quota rate = new Quota(calls, Duration.ofMillis(millis));
    QuotaServer server = new QuotaServer(seed, Duration.ZERO, Duration.ofMillis(latency));
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.explicit(rate), server.time);

    server.run(governor, concurrency, 100_000, rate.window().multipliedBy(12));

    assertThat(server.busiest(rate.window())).isLessThanOrEqualTo(calls);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void explicitRateIsUsedInFull(@ForAll long seed, @ForAll @IntRange(min = 5, max = 60) int calls) {
    Quota rate = new Quota(calls, Duration.ofSeconds(3));
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(15));
    QuotaGovernor governor = QuotaGovernor.create(QuotaLimits.explicit(rate), server.time);

    server.run(governor, 16, 100_000, Duration.ofSeconds(60));

    assertThat(server.arrivals.size()).isGreaterThanOrEqualTo((int) (0.95 * 20 * calls));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void announcedQuotaIsUsedButNeverExceeded(
      @ForAll long seed,
      @ForAll @IntRange(min = 30, max = 300) int calls,
      @ForAll @IntRange(min = 2, max = 20) int seconds,
      @ForAll boolean clock,
      @ForAll ServerPolicy.Told told,
      @ForAll @IntRange(min = 8, max = 16) int concurrency) {
    ServerPolicy policy = policy(seed, calls + "/" + seconds, clock, told);
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(20), policy);
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(), DEFAULTS, 0.1), server.time);

    server.run(governor, concurrency, 1_000_000, Duration.ofSeconds(12L * seconds));

    long allowed = calls - QuotaLimits.reserved(0.1, calls);
    assertThat(server.throttled).isZero();
    assertThat(policy.usedPerWindow.stream().skip(1))
        .isNotEmpty()
        .allSatisfy(used -> assertThat(used).isGreaterThanOrEqualTo((long) (0.95 * allowed)));
  }

  /** A probe of the old window is answered after the new one was seen to begin. */
  @Example
  void lateAnswerOfTheOldWindowDoesNotEmptyTheNewOne() {
    announcedQuotaIsUsedButNeverExceeded(2859190, 202, 2, true, ServerPolicy.Told.DOWN, 12);
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void otherUsersOfTheTokenCauseNo429AsLongAsTheReserveHoldsThem(
      @ForAll long seed, @ForAll boolean clock, @ForAll ServerPolicy.Told told) {
    ServerPolicy policy = policy(seed, "120/6s", clock, told);
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(40), policy);
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(), DEFAULTS, 0.2), server.time);
    server.others(Duration.ofMillis(500));

    server.run(governor, 12, 1_000_000, Duration.ofSeconds(72));

    assertThat(server.throttled).isZero();
    assertThat(server.answered + server.foreign).isGreaterThan((int) (0.9 * 0.8 * 120 * 12));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void allOfSeveralPoliciesHold(@ForAll long seed, @ForAll boolean clock) {
    ServerPolicy burst = policy(seed, "30/2s", clock, ServerPolicy.Told.UP);
    ServerPolicy longer = policy(seed + 1, "100/15s", clock, ServerPolicy.Told.DOWN);
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(30), burst, longer);
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(), DEFAULTS, 0.1), server.time);

    server.run(governor, 16, 1_000_000, Duration.ofSeconds(90));

    assertThat(server.throttled).isZero();
    assertThat(server.answered).isGreaterThan((int) (0.95 * 90 * 5));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void explicitAndAnnouncedTheStricterHolds(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 120) int explicit) {
    ServerPolicy policy = policy(seed, "60/3s", false, ServerPolicy.Told.UP);
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(20), policy);
    Quota rate = new Quota(explicit, Duration.ofSeconds(3));
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(rate), DEFAULTS, 0), server.time);

    server.run(governor, 16, 1_000_000, Duration.ofSeconds(60));

    assertThat(server.throttled).isZero();
    assertThat(server.busiest(rate.window())).isLessThanOrEqualTo(explicit);
    assertThat(server.answered).isGreaterThan((int) (0.94 * 20 * Math.min(60, explicit)));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void policyIsKeptToAfterAnswersStoppedTellingOfIt(@ForAll long seed, @ForAll boolean clock) {
    ServerPolicy policy = policy(seed, "60/3s", clock, ServerPolicy.Told.UP);
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(60), policy);
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(), DEFAULTS, 0.1), server.time);
    server.tellsHeaders = () -> server.answered < 20;

    server.run(governor, 16, 1_000_000, Duration.ofSeconds(60));

    assertThat(server.throttled).isZero();
    assertThat(server.answered).isGreaterThan(18 * 54);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void headersThatComeAndGoDoNoHarm(@ForAll long seed) {
    ServerPolicy policy = policy(seed, "60/3s", true, ServerPolicy.Told.DOWN);
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(60), policy);
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(), DEFAULTS, 0.1), server.time);
    Random random = new Random(seed);
    server.tellsHeaders = () -> random.nextInt(3) > 0;

    server.run(governor, 16, 1_000_000, Duration.ofSeconds(60));

    assertThat(server.throttled).isZero();
    assertThat(server.answered).isGreaterThan((int) (0.9 * 20 * 54));
  }

  /** Windows that slide, clocks that differ, late and lost answers, others' calls, small quotas. */
  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void oddServersNeverAnswer429OnceTheyHaveAnnouncedTheirQuota(
      @ForAll long seed,
      @ForAll ServerPolicy.Kind kind,
      @ForAll ServerPolicy.Told told,
      @ForAll @IntRange(min = 10, max = 120) int calls,
      @ForAll @IntRange(min = 3, max = 20) int seconds,
      @ForAll @IntRange(min = 1, max = 40) int concurrency,
      @ForAll @IntRange(min = 5, max = 2000) int latency) {
    Random random = new Random(seed);
    ServerPolicy policy = policy(seed, calls + "/" + seconds, kind, told);
    policy.clock = 1 + (random.nextInt(3) - 1) * 0.0005;
    QuotaServer server = new QuotaServer(seed, SOON, Duration.ofMillis(latency), policy);
    QuotaGovernor governor =
        QuotaGovernor.create(new QuotaLimits(List.of(), DEFAULTS, 0.2), server.time);
    server.run(governor, 1, 1, Duration.ofSeconds(5));
    server.lost = random.nextInt(3) * 0.02;
    if (calls >= 40) {
      server.others(Duration.ofNanos(policy.window() / (1 + random.nextInt(calls / 20))));
    }

    server.run(governor, concurrency, 1_000_000, Duration.ofSeconds(20L * seconds));

    long allowed = calls - QuotaLimits.reserved(0.2, calls);
    double windows = 20_000.0 * seconds / (1000 * seconds + 2 * latency);
    double possible = concurrency * 1000.0 / (latency + 1) * seconds;
    assertThat(server.throttled).isZero();
    assertThat(server.arrivals.size())
        .isGreaterThan((int) (windows * Math.min(0.7 * allowed, 0.4 * possible)));
  }

  /** Its window of 18 s takes 18.009 s by our clock: calls of the local window came too early. */
  @Example
  void localWindowAllowsForASlowerClock() {
    oddServersNeverAnswer429OnceTheyHaveAnnouncedTheirQuota(
        647292336, ServerPolicy.Kind.FIRST_CALL, ServerPolicy.Told.UP, 10, 18, 18, 8);
  }

  /** It ends before the current one can: taken for its answer, the next one looked like a reset. */
  @Example
  void lateAnswerOfTheOldWindowDoesNotMakeTheNewOneBeginTwice() {
    oddServersNeverAnswer429OnceTheyHaveAnnouncedTheirQuota(
        457632941, ServerPolicy.Kind.CLOCK, ServerPolicy.Told.NEAREST, 58, 4, 38, 1654);
  }

  /** Its answer was overtaken by those of calls that the server counted later. */
  @Example
  void windowThatBeginsUnforeseenCountsTheCallsThatOvertookItsAnswer() {
    oddServersNeverAnswer429OnceTheyHaveAnnouncedTheirQuota(
        716406631, ServerPolicy.Kind.SLIDING, ServerPolicy.Told.UP, 12, 4, 38, 1239);
  }

  private static ServerPolicy policy(
      long seed, String quota, boolean clock, ServerPolicy.Told told) {
    return policy(
        seed, quota, clock ? ServerPolicy.Kind.CLOCK : ServerPolicy.Kind.FIRST_CALL, told);
  }

  private static ServerPolicy policy(
      long seed, String quota, ServerPolicy.Kind kind, ServerPolicy.Told told) {
    return new ServerPolicy(
        "policy-" + quota, quota, kind, told, Duration.ofMillis(Math.floorMod(seed, 1000)));
  }
}
