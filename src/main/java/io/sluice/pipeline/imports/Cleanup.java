package io.sluice.pipeline.imports;

import io.sluice.flow.Blocking;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Everything that has to be closed when a run ends, however it ends. Thread-safe. */
final class Cleanup {
  private final Deque<Mono<Void>> tasks = new ArrayDeque<>();

  /** Has something closed at the end, which may block. */
  void add(Closeable closeable) {
    add(Blocking.run(closeable::close));
  }

  /** Has something done at the end. */
  synchronized void add(Mono<Void> task) {
    tasks.push(task);
  }

  /** Closes what was opened last first; the first error is signalled after the rest is closed. */
  Mono<Void> run() {
    return Flux.defer(() -> Flux.fromIterable(taken())).concatMapDelayError(task -> task).then();
  }

  private synchronized List<Mono<Void>> taken() {
    List<Mono<Void>> taken = List.copyOf(tasks);
    tasks.clear();
    return taken;
  }
}
