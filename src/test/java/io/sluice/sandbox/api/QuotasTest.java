package io.sluice.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.Caller;
import io.sluice.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void theWindowBeginsAtTheFirstCallAndEndsForAllAtOnce() {
    Quotas quotas = quotas(new Quotas.Policy("default", 2, Duration.ofMinutes(5)));
    assertThat(quotas.take("a").left()).isEqualTo("\"default\";r=1;t=300");
    nanos.addAndGet(Duration.ofMillis(10_500).toNanos());
    assertThat(quotas.take("a").left()).isEqualTo("\"default\";r=0;t=290");
    Quotas.Grant refused = quotas.take("a");
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(290);
    nanos.set(Duration.ofMinutes(5).toNanos());
    assertThat(quotas.take("a").left()).isEqualTo("\"default\";r=1;t=300");
  }

  @Test
  void credentialsAreCountedApart() {
    Quotas quotas = quotas(new Quotas.Policy("default", 1, Duration.ofSeconds(1)));
    assertThat(quotas.take("a").allowed()).isTrue();
    assertThat(quotas.take("b").allowed()).isTrue();
    assertThat(quotas.take("a").allowed()).isFalse();
  }

  @Test
  void aRefusedCallUsesNoPolicyUp() {
    Quotas quotas =
        quotas(
            new Quotas.Policy("default", 10, Duration.ofMinutes(5)),
            new Quotas.Policy("burst", 1, Duration.ofSeconds(1)));
    quotas.take("a");
    assertThat(quotas.take("a").allowed()).isFalse();
    assertThat(quotas.take("a").left()).isEqualTo("\"default\";r=9;t=300, \"burst\";r=0;t=1");
  }

  @Test
  void everyAnswerTellsTheQuotaAndTheLastOneIsTooMany() {
    try (Sandbox sandbox =
        Sandbox.builder()
            .quota(2, Duration.ofMinutes(5))
            .quota(100, Duration.ofMinutes(1))
            .start()) {
      Caller caller = Caller.of(sandbox);
      var first = caller.get("domains");
      assertThat(first.header("ratelimit")).isEqualTo("\"default\";r=1;t=300, \"burst\";r=99;t=60");
      assertThat(first.header("ratelimit-policy"))
          .isEqualTo("\"default\";q=2;w=300, \"burst\";q=100;w=60");
      assertThat(caller.get("domains/none").header("ratelimit")).startsWith("\"default\";r=0");
      var refused = caller.get("domains");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isIn("300", "299");
      assertThat(refused.json().path("success").asBoolean(true)).isFalse();
      assertThat(sandbox.requestLog().throttled()).isEqualTo(1);
      var reader = Map.of("Authorization", "Bearer " + sandbox.readOnlyToken());
      assertThat(Caller.with(sandbox, reader).get("domains").status()).isEqualTo(200);
    }
  }

  @Test
  void headersCanBeLeftOut() {
    try (Sandbox sandbox =
        Sandbox.builder().quota(1, Duration.ofMinutes(5)).quotaHeaders(false).start()) {
      Caller caller = Caller.of(sandbox);
      assertThat(caller.get("domains").header("ratelimit")).isEmpty();
      assertThat(caller.get("domains").header("retry-after")).isNotEmpty();
    }
  }

  private Quotas quotas(Quotas.Policy... policies) {
    return new Quotas(List.of(policies), nanos::get);
  }
}
