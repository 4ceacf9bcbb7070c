package io.sluice.pipeline.imports;

import java.util.List;
import reactor.core.publisher.Mono;

/** Asks the user to confirm plans. */
@FunctionalInterface
public interface Confirmation {
  /**
   * Whether they shall; asked before anything is sent.
   *
   * @param plans in the order in which they would be carried out
   */
  Mono<Boolean> of(List<PlanSummary> plans);

  /** It was given beforehand. */
  static Confirmation given() {
    return plans -> Mono.just(true);
  }
}
