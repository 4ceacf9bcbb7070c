package io.sluice.flow;

import java.util.concurrent.Callable;
import java.util.function.Function;
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

  /**
   * Opens something, works with it and closes it: before the result goes on, after an error, and
   * when cancelled. That includes what is open only after the cancelling, which Reactor's {@code
   * usingWhen} would drop as it is: a lock that nobody gives back.
   *
   * @param open opens it; may block
   * @param work what is done with it
   * @param close closes it; does not block
   */
  public static <R, T> Mono<T> using(
      Callable<? extends R> open,
      Function<? super R, ? extends Mono<? extends T>> work,
      Function<? super R, ? extends Mono<?>> close) {
    return Mono.usingWhen(
        Mono.fromSupplier(Closer::new),
        closer ->
            Blocking.<R>call(
                    () -> {
                      R opened = open.call();
                      closer.add(Mono.defer(() -> close.apply(opened)));
                      return opened;
                    })
                .flatMap(work),
        Closer::close);
  }
}
