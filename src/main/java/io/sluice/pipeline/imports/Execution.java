package io.sluice.pipeline.imports;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.apply.Application;
import io.sluice.pipeline.imports.apply.BatchWrites;
import io.sluice.pipeline.imports.apply.CreateConflicts;
import io.sluice.pipeline.imports.apply.CreateReconciler;
import io.sluice.pipeline.imports.apply.Halt;
import io.sluice.pipeline.imports.apply.OutcomeClassifier;
import io.sluice.pipeline.imports.apply.RecentWrites;
import io.sluice.pipeline.imports.apply.Recorder;
import io.sluice.pipeline.imports.apply.RowWrites;
import io.sluice.plan.Mode;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import io.sluice.report.journal.Journal;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Carries a plan out: what is to be deleted is saved, then all is changed, then all is reported.
 */
final class Execution {
  private final AccountSession session;
  private final ImportPlan plan;
  private final PlanSummary summary;
  private final RunContext shop;
  private final RunReport ending;
  private final Companions companions;
  private final ImportListener listener;
  private final StopSignal stop;
  private final Clock clock;
  private final Halt halt;
  private final Scheduler disk = Schedulers.boundedElastic();

  Execution(
      AccountSession session,
      ImportPlan plan,
      PlanSummary summary,
      RunContext shop,
      RunReport ending,
      Companions companions,
      ImportListener listener,
      StopSignal stop,
      Clock clock) {
    this.session = session;
    this.plan = plan;
    this.summary = summary;
    this.shop = shop;
    this.ending = ending;
    this.companions = companions;
    this.listener = listener;
    this.stop = stop;
    this.clock = clock;
    this.halt = new Halt(session.maxOutage());
  }

  Mono<ImportResult> run() {
    return saved()
        .flatMap(
            safety ->
                Mono.usingWhen(
                        blocking(ending::journal),
                        this::changed,
                        Journal::close,
                        (journal, error) -> journal.close().onErrorComplete(),
                        Journal::close)
                    .then(
                        blocking(() -> ending.executed(plan, summary, halt, safety.orElse(null)))))
        .onErrorResume(
            SafetySnapshot.Unsteady.class,
            moved ->
                blocking(
                    () -> ending.refused(moved.failure(plan.request().names()), plan, summary)));
  }

  /** Saves what is there, if anything is going to be deleted. */
  private Mono<Optional<Path>> saved() {
    if (!plan.request().mode().deletes() || !plan.request().safetySnapshot()) {
      return Mono.just(Optional.empty());
    }
    listener.saving();
    Path root = shop.results().path().resolve(SafetySnapshot.DIRECTORY);
    // Saved once the run has begun to delete, the account would lack what is to be brought back.
    boolean begun = shop.past().journal() != null;
    return blocking(() -> begun ? SafetySnapshot.takenBefore(root) : Optional.<Snapshot>empty())
        .map(taken -> taken.map(SafetySnapshot::file))
        .flatMap(taken -> taken.isPresent() ? Mono.just(taken) : saved(root));
  }

  private Mono<Optional<Path>> saved(Path root) {
    if (summary.of(Action.DELETE) == 0) {
      return Mono.just(Optional.empty());
    }
    ImportRequest request = plan.request();
    return new SafetySnapshot(session, List.of(request.resource()), request.toolVersion(), clock)
        .take(root)
        .map(SafetySnapshot::file)
        .doOnNext(listener::saved)
        .map(Optional::of);
  }

  private Mono<Void> changed(Journal journal) {
    listener.applying();
    Disposable stopping =
        stop.whenStopped()
            .subscribe(stopped -> {}, e -> {}, () -> halt.because(ExitCode.INTERRUPTED));
    Recorder recorder =
        new Recorder(journal, plan.request().maxErrors(), halt, listener, plan.input()::row);
    return Mono.usingWhen(
            blocking(() -> new PlannedRows(plan, shop.past())),
            rows -> changed(rows, recorder),
            rows -> blocking(() -> closed(rows)))
        .doFinally(end -> stopping.dispose());
  }

  private Mono<Void> changed(PlannedRows rows, Recorder recorder) {
    Resource resource = plan.request().resource();
    OutcomeClassifier classifier = new OutcomeClassifier(halt);
    RecentWrites recent = new RecentWrites();
    CreateConflicts creates =
        new CreateConflicts(resource, plan.request().mode(), plan.request().origin());
    CreateReconciler reconciler =
        new CreateReconciler(session, resource, plan.account().index(), recent, halt);
    RowWrites single =
        new RowWrites(session, resource, creates, reconciler, recent, classifier, halt);
    BatchWrites batches =
        new BatchWrites(session, resource, single, creates, reconciler, recent, classifier, halt);
    Application application = new Application(session, single, batches, classifier, recorder, halt);
    Mono<Void> all = application.carryOut(rows::next, summary.batched());
    if (plan.request().mode() != Mode.MIRROR) {
      return all;
    }
    return all.then(Mono.defer(() -> companions.changed(recorder.flawless(), halt.reasons())))
        .flatMap(
            yes ->
                application.carryOut(
                    yes ? rows::nextUnnamed : () -> withheld(rows), summary.batched()));
  }

  /** Rows that went wrong stand in the way of deleting what the others left over. */
  private static @Nullable PlannedRow withheld(PlannedRows rows) throws IOException {
    PlannedRow row = rows.nextUnnamed();
    return row instanceof PlannedRow.Todo todo
        ? new PlannedRow.Told(
            todo.change()
                .result(io.sluice.report.Outcome.UNPROCESSED, todo.change().id())
                .because("withheld", null, "nothing is deleted since some rows were not done"))
        : row;
  }

  private static boolean closed(PlannedRows rows) throws IOException {
    rows.close();
    return true;
  }

  private <T> Mono<T> blocking(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(disk);
  }
}
