package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.PageStream.Outlook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Pages come in order, not too many at once, and no more than are asked for. */
final class PageStreamTest {
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final List<Integer> fetched = new ArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private int bytesHeld;
  private int mostBytesHeld;

  /** A page of so many bytes. */
  private record Sheet(int number, int bytes) {}

  @Test
  void nothingIsFetchedBeforeThereIsASubscriber() {
    Flux<Integer> pages = numbers(listing(3, 3, 4, 1000));
    assertThat(fetched).isEmpty();
    assertThat(pages.collectList().block()).containsExactly(1, 2, 3);
    assertThat(pages.collectList().block()).describedAs("again").containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1", "1,0,8", "2,2,8", "9,9,8", "9,0,8", "8,0,8", "9,0,1", "9,3,4", "9,20,4", "17,1,3"
  })
  void everyPageComesOnceAndInOrderWhateverIsKnownOfTheEnd(int pages, int told, int lookahead) {
    StepVerifier.withVirtualTime(() -> numbers(slow(pages, told, lookahead)).collectList())
        .thenAwait(SLOW.multipliedBy(200))
        .expectNext(IntStream.rangeClosed(1, pages).boxed().toList())
        .verifyComplete();
    assertThat(fetched).doesNotHaveDuplicates();
    assertThat(peak.get()).isLessThanOrEqualTo(lookahead);
  }

  @ParameterizedTest
  @CsvSource({
    "10,10,10,8,2",
    "10,10,1,8,3",
    "9,9,1,8,2",
    "9,9,5,8,2",
    "9,9,20,8,2",
    "5,5,5,8,1",
    "5,5,16,8,1",
    "1,1,16,8,1",
    "9,0,9,8,2",
    "5,0,16,8,1",
    "20,20,4,8,3",
    "20,20,20,8,3",
    "20,20,1000000000,8,3"
  })
  void whoKnowsHowManyPagesToExpectWaitsForNoneOfThem(
      int pages, int told, int expected, int lookahead, int seconds) {
    StepVerifier.withVirtualTime(
            () -> numbers(slow(pages, told, lookahead, expected)).collectList())
        .expectSubscription()
        .expectNoEvent(SLOW.multipliedBy(seconds).minusMillis(1))
        .thenAwait(Duration.ofMillis(1))
        .expectNext(IntStream.rangeClosed(1, pages).boxed().toList())
        .verifyComplete();
    assertThat(fetched).doesNotHaveDuplicates();
    assertThat(peak.get()).isLessThanOrEqualTo(lookahead);
    assertThat(fetched.size())
        .describedAs("with those in vain")
        .isLessThanOrEqualTo(pages + lookahead);
    assertThat(inFlight.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aLatePageAmongThoseThatWereExpectedKeepsFewOthersFromComing(int late) {
    VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    try {
      Disposable reading =
          numbers(
                  new PageStream<>(
                      number -> fetch(number, number == late ? SLOW.multipliedBy(20) : SLOW),
                      page -> new Outlook(page.number() == 100, 100),
                      Sheet::bytes,
                      8,
                      64 * 10,
                      new PageStream.Beginning<>(100, null),
                      () -> false))
              .subscribe();
      time.advanceTimeBy(SLOW.multipliedBy(6));
      assertThat(fetched).hasSizeGreaterThan(30);
      reading.dispose();
    } finally {
      VirtualTimeScheduler.reset();
    }
  }

  @Test
  void aFirstPageThatIsHereIsNotFetchedNorTakenForQuick() {
    StepVerifier.withVirtualTime(
            () ->
                numbers(
                        new PageStream<>(
                            number -> fetch(number, SLOW),
                            page -> new Outlook(page.number() == 100, 100),
                            Sheet::bytes,
                            16,
                            1_000_000,
                            new PageStream.Beginning<>(1, Mono.just(new Sheet(1, 10))),
                            () -> false))
                    .collectList())
        .thenAwait(SLOW.multipliedBy(200))
        .expectNext(IntStream.rangeClosed(1, 100).boxed().toList())
        .verifyComplete();
    assertThat(fetched).hasSize(99).doesNotContain(1);
    assertThat(peak.get()).isEqualTo(16);
  }

  @Test
  void aSlowPageHoldsTheOthersBackNotUp() {
    StepVerifier.withVirtualTime(
            () ->
                numbers(
                        new PageStream<Sheet>(
                            number -> fetch(number, number == 2 ? SLOW.multipliedBy(9) : SLOW),
                            page -> new Outlook(page.number() == 6, 6),
                            Sheet::bytes,
                            8,
                            1000,
                            PageStream.Beginning.unknown(),
                            () -> false))
                    .collectList())
        .expectSubscription()
        .expectNoEvent(SLOW.multipliedBy(10))
        .expectNext(List.of(1, 2, 3, 4, 5, 6))
        .verifyComplete();
  }

  @Test
  void pagesAreReadAheadButNotBeyondTheBound() {
    StepVerifier.withVirtualTime(() -> numbers(slow(100, 100, 8)).then())
        .thenAwait(SLOW.multipliedBy(200))
        .verifyComplete();
    assertThat(peak.get()).isEqualTo(8);
  }

  @Test
  void aSlowConsumerHoldsFetchingBack() {
    VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    try {
      Disposable reading =
          listing(100, 100, 4, 40).consume(page -> Mono.just(page).delayElement(SLOW)).subscribe();
      time.advanceTimeBy(SLOW.multipliedBy(10).plusMillis(1));
      assertThat(fetched.size()).isBetween(11, 16);
      reading.dispose();
    } finally {
      VirtualTimeScheduler.reset();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 250, 299, 300})
  void theBytesOnTheWayNeverExceedTheBudgetOrOnePage(int budget) {
    StepVerifier.withVirtualTime(
            () -> {
              PageStream<Sheet> pages =
                  new PageStream<>(
                      number -> hold(number, 100),
                      page -> new Outlook(page.number() == 40, 40),
                      Sheet::bytes,
                      8,
                      budget,
                      PageStream.Beginning.unknown(),
                      () -> false);
              return pages.consume(page -> Mono.delay(SLOW).doOnNext(now -> bytesHeld -= 100));
            })
        .thenAwait(SLOW.multipliedBy(200))
        .expectNextCount(40)
        .verifyComplete();
    assertThat(mostBytesHeld).isLessThanOrEqualTo(Math.max(100, budget));
  }

  @Test
  void cancellingCancelsThePagesInFlight() {
    VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    try {
      Disposable reading = numbers(slow(100, 100, 8)).subscribe();
      time.advanceTimeBy(SLOW.plusMillis(500));
      assertThat(inFlight.get()).isEqualTo(8);
      reading.dispose();
      assertThat(inFlight.get()).isZero();
      assertThat(cancelled.get()).isEqualTo(8);
      time.advanceTimeBy(SLOW.multipliedBy(10));
      assertThat(fetched).hasSize(9);
    } finally {
      VirtualTimeScheduler.reset();
    }
  }

  @Test
  void takingAFewPagesFetchesNotTheWholeListing() {
    assertThat(numbers(listing(1000, 1000, 4, 1000)).take(3).collectList().block())
        .containsExactly(1, 2, 3);
    assertThat(fetched.size()).isLessThanOrEqualTo(3 + 4 + 1);
  }

  @Test
  void anExactMultipleEndsWithTheEmptyPageAfterIt() {
    PageStream<Sheet> pages =
        new PageStream<>(
            number -> fetch(number).map(page -> new Sheet(number, number <= 3 ? 10 : 0)),
            page -> new Outlook(page.bytes() == 0, 3),
            Sheet::bytes,
            4,
            1000,
            PageStream.Beginning.unknown(),
            () -> false);
    assertThat(numbers(pages).collectList().block()).containsExactly(1, 2, 3, 4);
    assertThat(fetched).containsExactly(1, 2, 3, 4);
  }

  @Test
  void anErrorOfAPageEndsTheStream() {
    PageStream<Sheet> pages =
        new PageStream<>(
            number ->
                number == 5 ? Mono.error(new IllegalStateException("page 5")) : fetch(number, SLOW),
            page -> new Outlook(page.number() == 9, 9),
            Sheet::bytes,
            2,
            1000,
            PageStream.Beginning.unknown(),
            () -> false);
    StepVerifier.withVirtualTime(() -> numbers(pages))
        .thenAwait(SLOW.multipliedBy(20))
        .thenConsumeWhile(page -> page < 5)
        .verifyErrorMessage("page 5");
    assertThat(inFlight.get()).isZero();
    assertThat(fetched).allMatch(page -> page < 9);
  }

  @Test
  void anErrorOfTheConsumerEndsTheStream() {
    AtomicInteger consumed = new AtomicInteger();
    StepVerifier.create(
            listing(9, 9, 2, 1000)
                .consume(
                    page ->
                        consumed.incrementAndGet() == 3
                            ? Mono.error(new IllegalStateException("disk"))
                            : Mono.just(page)))
        .expectNextCount(2)
        .verifyErrorMessage("disk");
  }

  @ParameterizedTest
  @CsvSource({"20000,8,1000000", "20000,8,10", "0,8,1000000", "1,1,1000000", "0,1,10"})
  void twentyThousandPagesAtOnceOverflowNoStack(int told, int lookahead, int budget) {
    assertThat(numbers(listing(20_000, told, lookahead, budget)).count().block()).isEqualTo(20_000);
  }

  private static Flux<Integer> numbers(PageStream<Sheet> pages) {
    return pages.consume(page -> Mono.just(page.number()));
  }

  private PageStream<Sheet> listing(int pages, int told, int lookahead, int budget) {
    return new PageStream<>(
        this::fetch,
        page -> new Outlook(page.number() >= pages, told),
        Sheet::bytes,
        lookahead,
        budget,
        PageStream.Beginning.unknown(),
        () -> false);
  }

  private PageStream<Sheet> slow(int pages, int told, int lookahead) {
    return slow(pages, told, lookahead, 1);
  }

  private PageStream<Sheet> slow(int pages, int told, int lookahead, int expected) {
    return new PageStream<>(
        number -> fetch(number, SLOW),
        page -> new Outlook(page.number() >= pages, told),
        Sheet::bytes,
        lookahead,
        1_000_000,
        new PageStream.Beginning<>(expected, null),
        () -> false);
  }

  private Mono<Sheet> hold(int number, int bytes) {
    return Mono.defer(
        () -> {
          bytesHeld += bytes;
          mostBytesHeld = Math.max(mostBytesHeld, bytesHeld);
          return Mono.just(new Sheet(number, bytes)).delayElement(SLOW);
        });
  }

  private Mono<Sheet> fetch(int number) {
    return fetch(number, Duration.ZERO);
  }

  private Mono<Sheet> fetch(int number, Duration time) {
    return Mono.defer(
        () -> {
          fetched.add(number);
          peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          Mono<Sheet> page = Mono.just(new Sheet(number, 10));
          return (time.isZero() ? page : page.delayElement(time))
              .doOnTerminate(inFlight::decrementAndGet)
              .doOnCancel(
                  () -> {
                    inFlight.decrementAndGet();
                    cancelled.incrementAndGet();
                  });
        });
  }
}
