package io.sluice.pipeline.imports;

import io.sluice.pipeline.Failure;
import io.sluice.pipeline.StopSignal;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * What a run waits for before it goes on: somebody's consent, or other runs that go hand in hand
 * with it. Nothing is changed before all are planned, and nothing is deleted before all is changed.
 */
public interface Companions {
  /** The run is planned: why it is not to be carried out, or nothing once its turn has come. */
  Mono<Optional<Failure>> planned(PlanSummary plan);

  /**
   * All rows of the run are done: whether what the input lacks may be deleted, once its turn has
   * come.
   *
   * @param flawless whether no row stands in the way
   * @param halted why the run was stopped; nothing if it was not
   */
  Mono<Boolean> changed(boolean flawless, Set<ExitCode> halted);

  /** A run by itself; what deletes has to be confirmed. */
  static Companions none(Mode mode, Confirmation confirmation, StopSignal stop) {
    return new Companions() {
      @Override
      public Mono<Optional<Failure>> planned(PlanSummary plan) {
        Mono<Boolean> answer = mode.deletes() ? confirmation.of(plan) : Mono.just(true);
        return stop.orStop(answer).map(yes -> yes ? Optional.empty() : Optional.of(declined()));
      }

      @Override
      public Mono<Boolean> changed(boolean flawless, Set<ExitCode> halted) {
        return Mono.just(flawless && halted.isEmpty());
      }
    };
  }

  /** Somebody said no. */
  static Failure declined() {
    return new Failure(
        ExitCode.REFUSED, "declined", "the plan was not confirmed", "nothing was sent", 0, null);
  }
}
