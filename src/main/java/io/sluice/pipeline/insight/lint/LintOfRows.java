package io.sluice.pipeline.insight.lint;

import io.sluice.catalog.Resource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Looks at rows that are about to be written, together with what the account holds already. */
public final class LintOfRows {
  private LintOfRows() {}

  /**
   * What is wrong with these records. Subscribes to each once, one after the other, and requests
   * them as fast as they come. Cancelling ends it.
   *
   * @param rows what would be written
   * @param held what the account holds besides, so that overlaps with it are found too; may be
   *     empty
   */
  public static Mono<LintResult> of(
      Resource resource, Flux<ObjectNode> rows, Flux<ObjectNode> held, LintSettings settings) {
    return Mono.defer(
        () -> {
          Lint lint = new Lint(settings, () -> false);
          return Flux.concat(rows, held)
              .publishOn(Schedulers.boundedElastic())
              .doOnNext(record -> lint.take(resource, record))
              .then(Mono.fromCallable(lint::result).subscribeOn(Schedulers.boundedElastic()));
        });
  }
}
