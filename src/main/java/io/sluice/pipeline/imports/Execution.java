package io.sluice.pipeline.imports;

import io.sluice.flow.Blocking;
import io.sluice.flow.Closer;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.apply.Application;
import io.sluice.pipeline.imports.apply.CreateConflicts;
import io.sluice.pipeline.imports.apply.ErrorLimit;
import io.sluice.pipeline.imports.apply.Halt;
import io.sluice.pipeline.imports.apply.Recorder;
import io.sluice.plan.Mode;
import io.sluice.plan.Tagging;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import io.sluice.report.journal.Journal;
import io.sluice.report.journal.JournalReader;
import io.sluice.report.journal.ResultIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The phases that change the account: apply, then prune. What was sent is in the journal, which is
 * open from the first to {@link #close}.
 */
final class Execution {
  private final AccountSession session;
  private final ImportState.Planned planned;
  private final ImportRequest request;
  private final RunContext run;
  private final StopSignal stop;
  private final Clock clock;
  private final Halt halt;
  private final Closer opened = new Closer();
  private @Nullable Work work;

  /** What is open while changes are sent. */
  private record Work(Journal journal, Recorder recorder, Application application) {}

  Execution(AccountSession session, ImportState.Planned planned, StopSignal stop, Clock clock) {
    this.session = session;
    this.planned = planned;
    this.request = planned.request();
    this.run = planned.validated().run();
    this.stop = stop;
    this.clock = clock;
    this.halt = new Halt(session.maxOutage(), request.names());
  }

  /** Carries out what the input's rows ask for. */
  Mono<Void> apply() {
    return Blocking.call(this::open)
        .flatMap(
            ready ->
                rechecked(request.mode() == Mode.DELETE, () -> planned.rows().rows())
                    .flatMap(
                        rows -> ready.application().carryOut(rows, planned.summary().batched())));
  }

  /**
   * Deletes what a mirror's input lacks.
   *
   * @param allowed false if rows that went wrong stand in the way; the deletes are reported then
   */
  Mono<Void> prune(boolean allowed) {
    Work ready = work;
    if (ready == null || request.mode() != Mode.MIRROR) {
      return Mono.empty();
    }
    if (!allowed) {
      PlannedRow.Rows unnamed = planned.rows().unnamed();
      return ready.application().carryOut(() -> withheld(unnamed), planned.summary().batched());
    }
    return rechecked(true, () -> planned.rows().unnamed())
        .flatMap(rows -> ready.application().carryOut(rows, planned.summary().batched()));
  }

  /** Other runs may have taken records over, or renewed them, since the plan was made. */
  private Mono<PlannedRow.Rows> rechecked(boolean deletes, Callable<PlannedRow.Rows> rows) {
    long count = planned.summary().of(Action.DELETE);
    if (!deletes || !DeleteRecheck.isNeeded(request, count) || !halt.reasons().isEmpty()) {
      return Blocking.call(rows);
    }
    return Blocking.call(() -> run.results().scratch())
        .flatMap(
            scratch ->
                stop.orStop(new DeleteRecheck(session, request, tagging()).of(rows, scratch)))
        .onErrorResume(
            StopSignal.StoppedException.class,
            stopped -> {
              halt.because(ExitCode.INTERRUPTED);
              return Blocking.call(rows);
            });
  }

  private Tagging tagging() {
    return new Tagging(
        request.resource(), request.ownership(), run.today(), request.origin(), request.names());
  }

  /** True if no row stands in the way of deletes. */
  boolean flawless() {
    Work ready = work;
    return ready != null && ready.recorder().flawless() && halt.reasons().isEmpty();
  }

  /** Every reason why not all was sent. */
  Set<ExitCode> halted() {
    return halt.reasons();
  }

  /** The first error that ended it early. */
  Optional<Failure> failure() {
    return halt.failure();
  }

  /**
   * The last result of every row, once all is applied and it is closed. Blocking.
   *
   * @throws IOException if the journal cannot be read
   */
  ResultIndex results() throws IOException {
    Work done = work;
    if (done == null) {
      throw new IllegalStateException("nothing was carried out");
    }
    return done.journal().results();
  }

  /** Closes the journal once all of it is on the disk. A second time has no effect. */
  Mono<Void> close() {
    return Mono.defer(opened::close);
  }

  private Work open() throws IOException {
    Journal journal = journal();
    opened.add(journal.close());
    run.events()
        .accept(new RunEvent.Progress(RunEvent.Phase.APPLYING, request.resource(), 0, null));
    Disposable stopping =
        stop.whenStopped()
            .subscribe(stopped -> {}, e -> {}, () -> halt.because(ExitCode.INTERRUPTED));
    opened.add(Mono.fromRunnable(stopping::dispose));
    Recorder recorder =
        new Recorder(
            journal,
            new ErrorLimit(request.maxErrors(), request.names()),
            halt,
            request.resource(),
            run.events(),
            planned.validated().input()::row);
    Application application =
        new Application(
            session,
            request.resource(),
            planned.account().index(),
            new CreateConflicts(tagging(), request.mode(), run.saved() != null),
            recorder,
            halt);
    Work ready = new Work(journal, recorder, application);
    work = ready;
    return ready;
  }

  /** The journal, from its beginning or from where earlier processes left it. */
  private Journal journal() throws IOException {
    Path path = run.results().journal();
    JournalReader past = run.past().journal();
    return past == null
        ? Journal.begin(path, planned.validated().header())
        : Journal.resume(path, past, past.fence() + 1, clock.instant());
  }

  /** Rows that went wrong stand in the way of deleting what the others left over. */
  private static @Nullable PlannedRow withheld(PlannedRow.Rows unnamed) throws IOException {
    PlannedRow row = unnamed.next();
    return row instanceof PlannedRow.Pending pending
        ? pending.unsent("withheld", "nothing is deleted since some rows were not done")
        : row;
  }
}
