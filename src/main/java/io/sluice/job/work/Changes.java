package io.sluice.job.work;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Keeps a file of changes open while something runs. */
public final class Changes {
  private Changes() {}

  /**
   * Runs something with a file of changes in that directory.
   *
   * @param wanted whether there is to be one; else the work gets null
   */
  static <T> Mono<T> kept(
      Path directory, boolean wanted, Function<@Nullable ChangeFile, Mono<T>> work) {
    return Mono.usingWhen(
        Mono.fromCallable(
                () ->
                    wanted ? Optional.of(new ChangeFile(directory)) : Optional.<ChangeFile>empty())
            .subscribeOn(Schedulers.boundedElastic()),
        file -> work.apply(file.orElse(null)),
        file ->
            Mono.fromCallable(
                    () -> {
                      if (file.isPresent()) {
                        file.get().close();
                      }
                      return true;
                    })
                .subscribeOn(Schedulers.boundedElastic()));
  }
}
