package io.sluice.job.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.SharedQuota;
import io.sluice.job.store.Database;
import io.sluice.job.store.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Calls that are taken from a quota that several processes share, on a real PostgreSQL. */
final class QuotaLeasesTest {
  private static final Quota HUNDRED = new Quota(100, Duration.ofMinutes(5));

  @Test
  void whoeverAsksHowFastEverNoMoreIsGivenThanThereIs() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Database one = open(postgres);
        Database other = open(postgres)) {
      AtomicInteger given = new AtomicInteger();
      List<SharedQuota> processes =
          List.of(new QuotaLeases(one).of("key"), new QuotaLeases(other).of("key"));
      Flux.range(0, 60)
          .flatMap(i -> processes.get(i % 2).take(request(HUNDRED)), 12)
          .doOnNext(slice -> given.addAndGet(slice.calls()))
          .blockLast(Duration.ofSeconds(30));
      assertThat(given).hasValue(100);

      SharedQuota.Slice none = take(processes.get(0), HUNDRED);
      assertThat(none.calls()).isZero();
      assertThat(none.pause()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
      assertThat(take(new QuotaLeases(one).of("another key"), HUNDRED).calls()).isEqualTo(7);
    }
  }

  @Test
  void whatIsOldEnoughComesBack() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Database database = open(postgres)) {
      SharedQuota quota = new QuotaLeases(database).of("key");
      Quota short1 = new Quota(7, Duration.ofMillis(500));
      assertThat(take(quota, short1).calls()).isEqualTo(7);
      SharedQuota.Slice none = take(quota, short1);
      assertThat(none.calls()).isZero();
      assertThat(none.pause()).isLessThanOrEqualTo(Duration.ofMillis(601));

      SharedQuota.Slice again =
          reactor.core.publisher.Mono.delay(none.pause())
              .then(quota.take(request(short1)))
              .block(Duration.ofSeconds(10));
      assertThat(Objects.requireNonNull(again).calls()).isEqualTo(7);
    }
  }

  @Test
  void whatOneProcessLearnedOfTheQuotaLimitsOneThatBeginsLater() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Database one = open(postgres);
        Database other = open(postgres)) {
      Quota real = new Quota(5, Duration.ofMinutes(5));
      SharedQuota early = new QuotaLeases(one).of("key");
      SharedQuota late = new QuotaLeases(other).of("key");
      SharedQuota.Request informed = new SharedQuota.Request(List.of(real), List.of(real), 3);
      assertThat(Objects.requireNonNull(early.take(informed).block(Duration.ofSeconds(10))))
          .extracting(SharedQuota.Slice::calls)
          .isEqualTo(3);

      assertThat(take(late, HUNDRED).calls()).isEqualTo(2);
      assertThat(take(late, HUNDRED).calls()).isZero();
      assertThat(take(new QuotaLeases(other).of("another key"), HUNDRED).calls()).isEqualTo(7);
    }
  }

  private static SharedQuota.Request request(Quota quota) {
    return new SharedQuota.Request(List.of(quota), List.of(), 7);
  }

  private static SharedQuota.Slice take(SharedQuota quota, Quota of) {
    return Objects.requireNonNull(quota.take(request(of)).block(Duration.ofSeconds(10)));
  }

  private static Database open(EmbeddedPostgres postgres) {
    return Database.open(
        new DatabaseSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"));
  }
}
