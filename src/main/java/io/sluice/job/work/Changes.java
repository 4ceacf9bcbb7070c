package io.sluice.job.work;

import io.sluice.flow.Blocking;
import io.sluice.pipeline.RunEvent;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Keeps a file of changes open while something runs. */
final class Changes {
  private Changes() {}

  /**
   * Runs something whose planned changes and differences go into a file in that directory.
   *
   * @param wanted whether there is to be such a file
   * @param work receives whom to hand the events to
   */
  static <T> Mono<T> kept(
      Path directory, boolean wanted, Function<Consumer<RunEvent>, Mono<T>> work) {
    return wanted
        ? Blocking.using(() -> new ChangeFile(directory), work, file -> Blocking.run(file::close))
        : work.apply(event -> {});
  }
}
