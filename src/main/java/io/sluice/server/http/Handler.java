package io.sluice.server.http;

import io.sluice.flow.Blocking;
import reactor.core.publisher.Mono;

/** The work of a route. */
@FunctionalInterface
public interface Handler {

  /** Answers a request whose caller may ask. */
  Mono<? extends Answer> answer(Exchange exchange);

  /** A handler that takes its time on a thread that may wait. */
  static Handler blocking(Work work) {
    return exchange -> Blocking.<Answer>call(() -> work.answer(exchange));
  }

  /** A handler of requests with a body, which takes its time on a thread that may wait. */
  static <T extends Record> Handler blocking(Class<T> body, WorkOn<T> work) {
    return exchange ->
        exchange
            .body(body)
            .flatMap(read -> Blocking.<Answer>call(() -> work.answer(exchange, read)));
  }

  /** Answers, and may wait for disks and databases. */
  @FunctionalInterface
  interface Work {
    Answer answer(Exchange exchange) throws Exception;
  }

  /** Answers a request with a body, and may wait for disks and databases. */
  @FunctionalInterface
  interface WorkOn<T> {
    Answer answer(Exchange exchange, T body) throws Exception;
  }
}
