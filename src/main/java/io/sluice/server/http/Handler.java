package io.sluice.server.http;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The work of a route. */
@FunctionalInterface
public interface Handler {

  /** Answers a request whose caller may ask. */
  Mono<? extends Answer> answer(Exchange exchange);

  /** A handler that takes its time on a thread that may wait. */
  static Handler blocking(Blocking work) {
    return exchange ->
        Mono.<Answer>fromCallable(() -> work.answer(exchange))
            .subscribeOn(Schedulers.boundedElastic());
  }

  /** Answers, and may wait for disks and databases. */
  @FunctionalInterface
  interface Blocking {
    Answer answer(Exchange exchange) throws Exception;
  }
}
