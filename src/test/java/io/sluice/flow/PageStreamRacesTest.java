package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.flow.PageStream.Outlook;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Many threads bring pages; nothing stands still, and no more pages are under way than may be. */
@Timeout(30)
final class PageStreamRacesTest {
  private static final int PAGES = 120;

  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final Set<Integer> askedFor = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @CsvSource({"2,0,1000", "2,120,10", "8,120,1000", "8,120,25", "3,0,30"})
  void pagesThatAreNeverAnsweredAtFirstHoldNobodyUp(int lookahead, int known, int budget) {
    PageStream<Integer> pages = listing(lookahead, known, budget, true);
    assertThat(pages.consume(page -> brought(page)).collectList().block())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, PAGES).boxed().toList());
    assertThat(pages.again(IntStream.rangeClosed(1, 60).boxed().toList()).count().block())
        .isEqualTo(60);
    assertThat(peak.get()).isLessThanOrEqualTo(lookahead);
    assertThat(underWay).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void aReadingThatEndsEarlyLeavesNothingUnderWay(int lookahead) {
    for (int round = 0; round < 50; round++) {
      PageStream<Integer> pages = listing(lookahead, PAGES, 50, false);
      int taken = 1 + round % 30;
      assertThat(pages.consume(page -> brought(page)).take(taken).count().block()).isEqualTo(taken);
      // Whoever brings a page at that moment cancels the others.
      while (underWay.get() > 0) {
        Thread.onSpinWait();
      }
      assertThat(pages.again(Set.of(1, 2, 3)).count().block()).isEqualTo(3);
    }
    assertThat(peak.get()).isLessThanOrEqualTo(lookahead);
  }

  private PageStream<Integer> listing(int lookahead, int known, int budget, boolean stalls) {
    return new PageStream<>(
        number ->
            stalls && number % 40 == 20 && askedFor.add(number)
                ? watched(Mono.never())
                : watched(brought(number)),
        page -> new Outlook(page == PAGES, known),
        page -> 10,
        lookahead,
        budget,
        PageStream.Beginning.unknown(),
        () -> true);
  }

  private Mono<Integer> watched(Mono<Integer> page) {
    return Mono.defer(
        () -> {
          peak.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          return page.doOnTerminate(underWay::decrementAndGet)
              .doOnCancel(underWay::decrementAndGet);
        });
  }

  private static Mono<Integer> brought(int page) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return random.nextInt(4) == 0
        ? Mono.just(page)
        : Mono.delay(Duration.ofNanos(random.nextInt(400_000)), Schedulers.parallel())
            .thenReturn(page);
  }
}
