package io.sluice.pipeline.imports;

import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.input.CheckedInput;
import io.sluice.pipeline.imports.input.InputCheck;
import io.sluice.pipeline.imports.input.Rewritten;
import io.sluice.plan.Mode;
import io.sluice.report.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes an account what the rows of an input say, and tells of every row what became of it. A run
 * that was stopped, at whatever moment and however hard, can be gone on with.
 */
public final class ImportRun {
  private final AccountSession session;
  private final ImportRequest request;
  private final ImportListener listener;
  private final Companions companions;
  private final StopSignal stop;
  private final Clock clock;
  private final Scheduler disk = Schedulers.boundedElastic();

  /** A run that has done nothing yet. */
  public ImportRun(
      AccountSession session,
      ImportRequest request,
      ImportListener listener,
      Confirmation confirmation,
      StopSignal stop,
      Clock clock) {
    this(
        session,
        request,
        listener,
        Companions.none(request.mode(), confirmation, stop),
        stop,
        clock);
  }

  public ImportRun(
      AccountSession session,
      ImportRequest request,
      ImportListener listener,
      Companions companions,
      StopSignal stop,
      Clock clock) {
    this.session = session;
    this.request = request;
    this.listener = listener;
    this.companions = companions;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Runs. What happens to rows is in the result; an error means that nothing was sent, or that this
   * machine failed.
   *
   * @param id what the run is called unless it is gone on with
   */
  public Mono<ImportResult> run(RunId id, ResultsLocation place) {
    return Mono.usingWhen(
        opened(place, id),
        shop ->
            Mono.usingWhen(
                check(shop),
                input -> checked(shop, input),
                input -> Mono.fromRunnable(input::close)),
        shop -> blocking(() -> closed(shop)));
  }

  private Mono<CheckedInput> check(RunContext shop) {
    InputCheck.Listener faults =
        new InputCheck.Listener() {
          @Override
          public void fault(long row, io.sluice.format.InputFault fault) {
            listener.fault(row, fault);
          }

          @Override
          public void rows(long rows) {
            listener.checking(rows);
          }

          @Override
          public void rewritten(Rewritten row) {
            listener.rewritten(row);
          }
        };
    return blocking(() -> shop.results().scratch())
        .flatMap(
            scratch -> new InputCheck(shop.source(), request.rows(), scratch, stop).run(faults));
  }

  /** An input that is typed, or comes slowly, does not keep anyone from stopping the run. */
  private Mono<RunContext> opened(ResultsLocation place, RunId id) {
    AtomicBoolean settled = new AtomicBoolean();
    Mono<RunContext> open =
        blocking(
                () -> {
                  RunContext shop = RunContext.open(place, id, clock.instant());
                  if (settled.compareAndSet(false, true)) {
                    return Optional.of(shop);
                  }
                  shop.close();
                  return Optional.<RunContext>empty();
                })
            .flatMap(Mono::justOrEmpty);
    Mono<RunContext> stopped =
        stop.orStop(Mono.<RunContext>never())
            .onErrorResume(
                error -> settled.compareAndSet(false, true) ? Mono.error(error) : Mono.never());
    return Mono.firstWithSignal(open, stopped);
  }

  private Mono<ImportResult> checked(RunContext shop, CheckedInput input) {
    RunReport ending = new RunReport(shop, request, input, session, clock, listener);
    Optional<Failure> refusal = new Preconditions(request).ofInput(input.summary());
    return blocking(() -> ending.requireSame())
        .flatMap(
            same ->
                refusal.isPresent()
                    ? blocking(() -> ending.refused(refusal.get()))
                    : settled(shop, input, ending));
  }

  private Mono<ImportResult> settled(RunContext shop, CheckedInput input, RunReport ending) {
    return Mono.delay(shop.past().untilSettled(clock.instant()))
        .then(blocking(() -> shop.results().scratch()))
        .flatMap(scratch -> identified(shop, input, scratch, ending));
  }

  private Mono<ImportResult> identified(
      RunContext shop, CheckedInput input, Path scratch, RunReport ending) {
    boolean whole = request.mode() == Mode.MIRROR;
    AccountReader reader = new AccountReader(session, request.resource(), scratch, listener);
    return Mono.usingWhen(
        session.orStop(reader.read(input, whole, request.named())),
        account -> planned(shop, new ImportPlan(request, input, account, scratch), ending),
        account -> blocking(() -> closed(account.index())));
  }

  private Mono<ImportResult> planned(RunContext shop, ImportPlan plan, RunReport ending) {
    PlanCount count = new PlanCount(plan, listener, stop);
    return blocking(() -> count.count(shop.past(), session))
        .flatMap(
            summary -> {
              listener.plan(summary);
              Optional<Failure> refusal =
                  new Preconditions(request)
                      .ofPlan(plan.input().summary(), summary, plan.account());
              if (refusal.isPresent()) {
                return blocking(() -> ending.refused(refusal.get(), plan, summary));
              } else if (request.dryRun()) {
                return blocking(() -> ending.rehearsed(plan, summary));
              }
              return companions
                  .planned(summary)
                  .flatMap(
                      why ->
                          why.isPresent()
                              ? blocking(() -> ending.refused(why.get(), plan, summary))
                              : execution(shop, plan, summary, ending).run());
            });
  }

  private Execution execution(
      RunContext shop, ImportPlan plan, PlanSummary summary, RunReport ending) {
    return new Execution(session, plan, summary, shop, ending, companions, listener, stop, clock);
  }

  private static boolean closed(java.io.Closeable closeable) throws IOException {
    closeable.close();
    return true;
  }

  private <T> Mono<T> blocking(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(disk);
  }
}
