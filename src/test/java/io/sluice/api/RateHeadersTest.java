package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.sluice.flow.quota.QuotaReading;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer's headers say of the quota, and that none of them can make a call fail. */
final class RateHeadersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  @Test
  void onePolicyIsReadFromItsTwoHeaders() {
    HttpHeaders headers =
        headers(
            "Ratelimit", "\"default\";r=50;t=30", "Ratelimit-Policy", "\"default\";q=1200;w=300");

    assertThat(RateHeaders.readings(headers))
        .containsExactly(reading("default", 1200L, 300L, 50L, 30L));
  }

  @Test
  void severalPoliciesStandSideBySide() {
    HttpHeaders headers =
        headers(
            "Ratelimit",
            "\"default\";r=50;t=30, \"burst\";r=9;t=1",
            "Ratelimit-Policy",
            "\"burst\";q=100;w=60,\"default\";q=1200;w=300");

    assertThat(RateHeaders.readings(headers))
        .containsExactlyInAnyOrder(
            reading("default", 1200L, 300L, 50L, 30L), reading("burst", 100L, 60L, 9L, 1L));
  }

  @Test
  void aListMayBeSplitOverSeveralLines() {
    HttpHeaders headers =
        headers(
            "ratelimit", "\"default\";r=50;t=30",
            "RateLimit", "\"burst\";r=9;t=1",
            "RATELIMIT-POLICY", "\"burst\";q=100;w=60",
            "ratelimit-policy", "\"default\";q=1200;w=300");

    assertThat(RateHeaders.readings(headers))
        .containsExactlyInAnyOrder(
            reading("default", 1200L, 300L, 50L, 30L), reading("burst", 100L, 60L, 9L, 1L));
  }

  @Test
  void blanksOrderAndUnknownParametersDoNotMatter() {
    HttpHeaders headers =
        headers("Ratelimit", " \"default\" ; t = 30 ; pk=:abc: ; r = 50 ", "Ratelimit-Policy", "");

    assertThat(RateHeaders.readings(headers))
        .containsExactly(reading("default", null, null, 50L, 30L));
  }

  @Test
  void halfOfAPairIsStillAReading() {
    assertThat(RateHeaders.readings(headers("Ratelimit-Policy", "default;q=1200;w=300")))
        .containsExactly(reading("default", 1200L, 300L, null, null));
  }

  @Test
  void withoutHeadersThereIsNothing() {
    assertThat(RateHeaders.readings(headers())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        ";",
        ";;;",
        "\"default\"",
        "\"default\";r",
        "\"default\";r=",
        "\"default\";r=many;t=later",
        "\"default\";r=-1",
        "\"default\";r=1.5",
        "\"default\";r=99999999999999999999",
        "\"\";r=1",
        "100, 100;w=",
        "=;=;="
      })
  void garbageIsLeftOut(String value) {
    assertThat(RateHeaders.readings(headers("Ratelimit", value, "Ratelimit-Policy", value)))
        .isEmpty();
  }

  @Test
  void garbageBesideAReadingLeavesTheReading() {
    HttpHeaders headers = headers("Ratelimit", "?, \"default\";r=50;x;t=soon, ;r=1");

    assertThat(RateHeaders.readings(headers))
        .containsExactly(reading("default", null, null, 50L, null));
  }

  @Property(tries = 500)
  void noHeaderEverMakesItFail(@ForAll String limit, @ForAll String policy, @ForAll String after) {
    HttpHeaders headers =
        headers("Ratelimit", limit, "Ratelimit-Policy", policy, "Retry-After", after);

    RateHeaders.readings(headers);
    Duration wait = RateHeaders.retryAfter(headers, NOW);
    assertThat(wait == null || !wait.isNegative()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,PT0S", "30,PT30S", " 30 ,PT30S", "86400,PT24H"})
  void retryAfterMayBeSeconds(String value, Duration wait) {
    assertThat(RateHeaders.retryAfter(headers("Retry-After", value), NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sat, 21 Nov 2026 02:00:45 GMT|PT45S",
        "Sat, 21 Nov 2026 01:59:00 GMT|PT0S",
        "Sun, 06 Nov 1994 08:49:37 GMT|PT0S"
      })
  void retryAfterMayBeADate(String value, Duration wait) {
    assertThat(RateHeaders.retryAfter(headers("Retry-After", value), NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "1e3", "12345678901", "Sat, 99 Nov 2026"})
  void retryAfterThatCannotBeReadIsNone(String value) {
    assertThat(RateHeaders.retryAfter(headers("Retry-After", value), NOW)).isNull();
  }

  private static QuotaReading reading(
      String name,
      @org.jspecify.annotations.Nullable Long quota,
      @org.jspecify.annotations.Nullable Long window,
      @org.jspecify.annotations.Nullable Long remaining,
      @org.jspecify.annotations.Nullable Long reset) {
    return new QuotaReading(
        name,
        quota,
        window == null ? null : Duration.ofSeconds(window),
        remaining,
        reset == null ? null : Duration.ofSeconds(reset));
  }

  private static HttpHeaders headers(String... namesAndValues) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
