package io.sluice.pipeline.imports;

import io.sluice.flow.Blocking;
import io.sluice.flow.Closer;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.results.ResultsLocation;
import io.sluice.pipeline.imports.saved.PlanTarget;
import io.sluice.pipeline.imports.saved.SavedPlan;
import io.sluice.pipeline.imports.saved.SavedPlanWriter;
import io.sluice.report.ExitCode;
import io.sluice.report.RowResult;
import io.sluice.report.RunId;
import io.sluice.snapshot.Snapshot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes an account what the rows of one or more inputs say, and reports for every row what became
 * of it. All inputs are planned before the first change, confirmed together and applied one after
 * the other; then, in reverse, what a mirror leaves over is deleted. If one input is refused none
 * changes anything; if one is stopped the next are not begun; if one has rows that failed none
 * deletes. A run that was stopped, at whatever moment and however hard, can be resumed.
 */
public final class ImportRun {
  private static final Set<ExitCode> STOPPING =
      EnumSet.of(ExitCode.NOT_PERMITTED, ExitCode.GAVE_UP, ExitCode.INTERRUPTED);

  private static final Failure DECLINED =
      Failure.of(ExitCode.REFUSED, "declined", "the plan was not confirmed", "nothing was sent");
  private static final String OTHERS_STOPPED = RowResult.STOPPED;
  private static final String OTHERS_REFUSED = "others_refused";

  private final AccountSession session;
  private final Confirmation confirmation;
  private final StopSignal stop;
  private final Clock clock;
  private final @Nullable PlanTarget target;

  /**
   * One input: what to make of its rows, where they are, and who watches.
   *
   * @param saved the rows of a saved plan, if the input is one; nothing else is planned then
   */
  public record Part(
      ImportRequest request,
      ResultsLocation place,
      Consumer<RunEvent> events,
      SavedPlan.@Nullable Rows saved) {
    /** An input whose changes are still to be planned. */
    public Part(ImportRequest request, ResultsLocation place, Consumer<RunEvent> events) {
      this(request, place, events, null);
    }
  }

  /**
   * How all of it ended.
   *
   * @param parts in the order of the inputs
   * @param safety the snapshot that was taken before the first delete, or null
   */
  public record Result(List<ImportResult> parts, @Nullable Snapshot safety) {}

  /** A run that has done nothing yet. */
  public ImportRun(
      AccountSession session, Confirmation confirmation, StopSignal stop, Clock clock) {
    this(session, confirmation, stop, clock, null);
  }

  /**
   * A run that has done nothing yet.
   *
   * @param target where the plan of a rehearsal is saved; null if it is not
   */
  public ImportRun(
      AccountSession session,
      Confirmation confirmation,
      StopSignal stop,
      Clock clock,
      @Nullable PlanTarget target) {
    this.session = session;
    this.confirmation = confirmation;
    this.stop = stop;
    this.clock = clock;
    this.target = target;
  }

  /**
   * Imports one input. What happens to rows is in the result; an error means that nothing was sent,
   * or that this machine failed.
   *
   * @param id the name of the run, unless it is resumed
   */
  public Mono<ImportResult> run(RunId id, Part part) {
    return run(id, List.of(part), SafetySnapshot.Place.of(part))
        .map(ended -> ended.parts().get(0).withSafety(ended.safety()));
  }

  /**
   * Imports several inputs, in their order.
   *
   * @param safety where the account's records are saved before the first delete
   */
  public Mono<Result> run(RunId id, List<Part> parts, SafetySnapshot.Place safety) {
    return Mono.usingWhen(
        Mono.fromSupplier(Closer::new),
        closer ->
            plan(new Planning(session, id, stop, clock, closer), parts)
                .flatMap(this::keepPlan)
                .flatMap(this::confirm)
                .flatMap(plans -> save(plans, safety))
                .flatMap(plans -> apply(plans, closer))
                .flatMap(this::prune)
                .flatMap(this::report),
        Closer::close);
  }

  private static Mono<RunState> plan(Planning planning, List<Part> parts) {
    return Flux.fromIterable(parts)
        .concatMap(planning::plan)
        .collectList()
        .map(RunState::new)
        .flatMap(planning::lint);
  }

  /** Saves the plan of a rehearsal, if that is asked for and none of it is refused. */
  private Mono<RunState> keepPlan(RunState run) {
    PlanTarget place = target;
    return place == null || run.refusal().isPresent()
        ? Mono.just(run)
        : Blocking.call(
            () -> {
              List<ImportState.Planned> plans = run.plans();
              String digest =
                  SavedPlanWriter.write(
                      place, plans.stream().map(ImportState.Planned::toSave).toList());
              plans
                  .get(0)
                  .validated()
                  .run()
                  .events()
                  .accept(new RunEvent.PlanSaved(place.file(), digest));
              return run;
            });
  }

  private Mono<RunState> confirm(RunState run) {
    List<ImportState.Planned> plans = run.plans();
    if (plans.stream().anyMatch(ImportState.Planned::rehearsal)) {
      return Mono.just(run);
    }
    Optional<Failure> refusal = run.refusal();
    if (refusal.isPresent()) {
      return Mono.just(run.refuse(othersRefused(refusal.get())));
    }
    return stop.orStop(confirmation.of(plans.stream().map(ImportState.Planned::summary).toList()))
        .map(yes -> yes ? run : run.refuse(DECLINED));
  }

  private Mono<RunState> save(RunState run, SafetySnapshot.Place place) {
    return new SafetySnapshot(session, clock)
        .before(run.plans(), place)
        .map(run::with)
        .defaultIfEmpty(run)
        .onErrorResume(
            SafetySnapshot.Unsteady.class,
            moved -> Mono.just(run.refuse(moved.failure(run.plans().get(0).request().names()))));
  }

  private Mono<RunState> apply(RunState run, Closer closer) {
    List<ImportState> reached = new ArrayList<>();
    return Flux.fromIterable(run.inputs())
        .concatMap(input -> Mono.defer(() -> apply(input, reached, closer)).doOnNext(reached::add))
        .then(Mono.fromSupplier(() -> run.with(reached)));
  }

  private Mono<ImportState> apply(ImportState input, List<ImportState> before, Closer closer) {
    if (!(input instanceof ImportState.Planned planned) || planned.rehearsal()) {
      return Mono.just(input);
    }
    Optional<Failure> why = stopped(before);
    if (why.isPresent()) {
      return Mono.just(new ImportState.Refused(planned.validated(), planned, why.get()));
    }
    Execution execution = new Execution(session, planned, stop, clock);
    closer.add(execution.close().onErrorComplete());
    return execution.apply().thenReturn(new ImportState.Applied(planned, execution));
  }

  /** Why the next input is not begun. */
  private Optional<Failure> stopped(List<ImportState> before) {
    if (stop.isStopped()) {
      return Optional.of(Failure.of(ExitCode.INTERRUPTED, "interrupted", "interrupted", null));
    }
    return before.stream()
        .filter(ImportState.Applied.class::isInstance)
        .flatMap(input -> ((ImportState.Applied) input).execution().halted().stream())
        .filter(STOPPING::contains)
        .findFirst()
        .map(ImportRun::othersStopped);
  }

  private Mono<RunState> prune(RunState run) {
    boolean flawless = run.flawless();
    return Flux.fromIterable(run.executionsReversed())
        .concatMap(execution -> execution.prune(flawless))
        .then(Mono.just(run));
  }

  private Mono<Result> report(RunState run) {
    return Flux.fromIterable(run.inputs())
        .concatMap(this::report)
        .collectList()
        .map(parts -> new Result(parts, run.safety()));
  }

  private Mono<ImportResult> report(ImportState input) {
    RunReport report = new RunReport(input.validated(), session, clock);
    if (input instanceof ImportState.Refused refused) {
      return Blocking.call(() -> report.refused(refused));
    } else if (input instanceof ImportState.Planned planned) {
      return Blocking.call(() -> report.rehearsed(planned));
    } else if (input instanceof ImportState.Applied applied) {
      return applied.execution().close().then(Blocking.call(() -> report.executed(applied)));
    }
    throw new IllegalStateException("not planned: " + input);
  }

  private static Failure othersRefused(Failure other) {
    return Failure.of(other.exit(), OTHERS_REFUSED, "another part of this run was refused", null);
  }

  private static Failure othersStopped(ExitCode other) {
    return Failure.of(other, OTHERS_STOPPED, "another part of this run was stopped", null);
  }

  /** True if a failure only follows from what became of another input of its run. */
  public static boolean follows(Failure failure) {
    return failure.code().equals(OTHERS_STOPPED) || failure.code().equals(OTHERS_REFUSED);
  }
}
