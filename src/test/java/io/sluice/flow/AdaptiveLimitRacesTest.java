package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** What two threads do at the same moment neither loses a place nor makes one. */
@Timeout(30)
final class AdaptiveLimitRacesTest {
  private static final int ROUNDS = 1_000;

  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private int expected;

  @AfterEach
  void end() {
    other.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCallThatIsCancelledWhileItsTurnComesGivesItsPlaceBackOnce(boolean first) throws Exception {
    AdaptiveLimit limit = AdaptiveLimit.upTo(1, time -> {});
    for (int round = 0; round < ROUNDS; round++) {
      Disposable holder = limit.call(Mono.never()).subscribe();
      Mono<Object> next = first ? limit.callFirst(Mono.never()) : limit.call(Mono.never());
      Disposable waiting = next.subscribe();
      together(holder::dispose, waiting::dispose);
      Disposable one = limit.call(counted()).subscribe();
      Disposable two = limit.call(counted()).subscribe();
      assertThat(underWay.getAndSet(0)).isEqualTo(1);
      two.dispose();
      one.dispose();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofTwoCallsThatComeTogetherNoneWaitsWhileThereArePlaces(boolean first) throws Exception {
    AdaptiveLimit limit = AdaptiveLimit.upTo(2, time -> {});
    for (int round = 0; round < ROUNDS; round++) {
      Disposable.Swap one = Disposables.swap();
      Disposable.Swap two = Disposables.swap();
      Mono<Object> call = first ? limit.callFirst(counted()) : limit.call(counted());
      together(
          () -> one.update(call.subscribe()), () -> two.update(limit.call(counted()).subscribe()));
      assertThat(underWay.getAndSet(0)).isEqualTo(2);
      one.dispose();
      two.dispose();
    }
  }

  private Mono<Object> counted() {
    return Mono.defer(
        () -> {
          underWay.incrementAndGet();
          return Mono.never();
        });
  }

  /** Runs both at the same moment, as nearly as two threads can. */
  private void together(Runnable here, Runnable there) throws Exception {
    expected += 2;
    Future<?> done =
        other.submit(
            () -> {
              meet();
              there.run();
            });
    meet();
    here.run();
    done.get(10, TimeUnit.SECONDS);
  }

  private void meet() {
    int all = expected;
    arrived.incrementAndGet();
    while (arrived.get() < all) {
      Thread.onSpinWait();
    }
  }
}
