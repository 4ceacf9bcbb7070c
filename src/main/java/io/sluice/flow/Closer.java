package io.sluice.flow;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Everything that has to be closed when some work ends, however it ends. What is opened while the
 * work is being cancelled comes too late for that, and is closed at once. Thread-safe.
 */
public final class Closer {
  private final Deque<Mono<?>> tasks = new ArrayDeque<>();
  private boolean over;

  /**
   * Has something closed at the end, which may block.
   *
   * @return the same
   */
  public <C extends Closeable> C register(C closeable) {
    add(Blocking.run(closeable::close));
    return closeable;
  }

  /** Has something done at the end. */
  public void add(Mono<?> task) {
    if (!keeps(task)) {
      // Not here: a thread that was cancelled is interrupted, and files do not bear that.
      task.subscribeOn(Schedulers.boundedElastic()).subscribe();
    }
  }

  private synchronized boolean keeps(Mono<?> task) {
    if (!over) {
      tasks.push(task);
    }
    return !over;
  }

  /** Closes what was opened last first; the first error is signalled after the rest is closed. */
  public Mono<Void> close() {
    return Flux.defer(() -> Flux.fromIterable(taken()))
        .concatMapDelayError(task -> task)
        .onErrorMap(Exceptions::isMultiple, Closer::first)
        .then();
  }

  private static Throwable first(Throwable several) {
    List<Throwable> errors = Exceptions.unwrapMultiple(several);
    errors.stream().skip(1).forEach(errors.get(0)::addSuppressed);
    return errors.get(0);
  }

  private synchronized List<Mono<?>> taken() {
    over = true;
    List<Mono<?>> taken = List.copyOf(tasks);
    tasks.clear();
    return taken;
  }
}
