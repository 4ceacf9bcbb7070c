package io.sluice.flow;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs what blocks, such as files and JDBC, on the threads that Reactor keeps for it. It begins
 * when subscribed to, once for each subscription; cancelling interrupts its thread.
 */
public final class Blocking {
  private Blocking() {}

  /** What blocks and brings nothing. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  /** Brings what the work returns, or nothing if that is null; signals what it throws. */
  public static <T> Mono<T> call(Callable<? extends @Nullable T> work) {
    return Mono.<T>fromCallable(work).subscribeOn(Schedulers.boundedElastic());
  }

  /** Completes when the work is done; signals what it throws. */
  public static Mono<Void> run(Action work) {
    return call(
        () -> {
          work.run();
          return null;
        });
  }
}
