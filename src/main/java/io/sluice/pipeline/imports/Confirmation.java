package io.sluice.pipeline.imports;

import reactor.core.publisher.Mono;

/** Asks whoever is responsible whether a plan that deletes shall be carried out. */
@FunctionalInterface
public interface Confirmation {
  /** Whether it shall; asked before anything is sent. */
  Mono<Boolean> of(PlanSummary plan);

  /** It was given beforehand. */
  static Confirmation given() {
    return plan -> Mono.just(true);
  }
}
