package io.sluice.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Timeout(20)
final class BlockingTest {
  private final List<String> log = new CopyOnWriteArrayList<>();

  private Mono<Void> close(String resource) {
    return Blocking.run(() -> log.add("closed " + resource));
  }

  @Test
  void closesBeforeTheResultGoesOn() {
    Mono<String> used =
        Blocking.using(() -> "it", it -> Mono.just(it + " was used"), this::close)
            .doOnNext(log::add);

    StepVerifier.create(used).expectNext("it was used").verifyComplete();

    assertThat(log).containsExactly("closed it", "it was used");
  }

  @Test
  void closesAfterAnError() {
    Mono<String> used =
        Blocking.using(() -> "it", it -> Mono.error(new IOException("broken")), this::close);

    StepVerifier.create(used).verifyErrorMessage("broken");

    assertThat(log).containsExactly("closed it");
  }

  @Test
  void closesNothingIfNothingCouldBeOpened() {
    Mono<String> used =
        Blocking.using(
            () -> {
              throw new IOException("no room");
            },
            it -> Mono.just("used"),
            this::close);

    StepVerifier.create(used).verifyErrorMessage("no room");

    assertThat(log).isEmpty();
  }

  @Test
  void closesWhatIsInUseWhenItIsCancelled() throws InterruptedException {
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Disposable run =
        Blocking.using(
                () -> "it",
                it -> Mono.never().doOnSubscribe(on -> inUse.countDown()),
                it -> Mono.fromRunnable(closed::countDown))
            .subscribe();

    inUse.await();
    run.dispose();

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closesWhatIsOpenOnlyAfterItIsCancelled() throws InterruptedException {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Disposable run =
        Blocking.using(
                () -> {
                  opening.countDown();
                  awaitUninterruptibly(cancelled);
                  return "it";
                },
                it -> Mono.fromRunnable(() -> log.add("used " + it)),
                it ->
                    Mono.fromRunnable(
                        () -> {
                          log.add("interrupted: " + Thread.currentThread().isInterrupted());
                          closed.countDown();
                        }))
            .subscribe();

    opening.await();
    run.dispose();
    cancelled.countDown();

    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(log).containsExactly("interrupted: false");
  }

  /** Opening a file, once begun, is not stopped by an interrupt either. */
  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
