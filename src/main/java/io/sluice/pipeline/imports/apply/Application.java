package io.sluice.pipeline.imports.apply;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.imports.PlannedRow;
import io.sluice.plan.AccountIndex;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends changes, many at once, each with its intent on the disk before and its result noted after.
 * What had to be set aside is tried again at the end, as long as an outage may last.
 */
public final class Application {
  static final int BATCHES_AT_ONCE = 4;
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(5);

  private final AccountSession session;
  private final RowWrites rows;
  private final BatchWrites batches;
  private final OutcomeClassifier classifier;
  private final Recorder recorder;
  private final Halt halt;
  private final Scheduler disk = Schedulers.boundedElastic();
  private final List<ChangeResult.SetAside> aside = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param index the records that the account held when the plan was made
   * @param creates what to do where a record that is to be made is there already
   * @param recorder notes intents and results
   * @param halt ends it early
   */
  public Application(
      AccountSession session,
      Resource resource,
      AccountIndex index,
      CreateConflicts creates,
      Recorder recorder,
      Halt halt) {
    RecentWrites recent = new RecentWrites();
    CreateReconciler reconciler = new CreateReconciler(session, resource, index, recent, halt);
    this.session = session;
    this.classifier = new OutcomeClassifier(halt);
    this.rows = new RowWrites(session, resource, creates, reconciler, recent, classifier, halt);
    this.batches =
        new BatchWrites(session, resource, rows, creates, reconciler, recent, classifier, halt);
    this.recorder = recorder;
    this.halt = halt;
  }

  /** Carries out what is planned, in its order. */
  public Mono<Void> carryOut(PlannedRow.Rows planned, Set<Action> batched) {
    int atOnce =
        batched.isEmpty()
            ? session.concurrency()
            : Math.min(BATCHES_AT_ONCE, session.concurrency());
    return units(planned, batched, atOnce)
        .concatMap(this::intended, 1)
        // Intents go ahead of what is sent, so that no call waits for the disk.
        .limitRate(atOnce)
        .flatMap(step -> step, atOnce, atOnce)
        // Beside the others: it takes seconds to find out, in which other rows can be sent.
        .flatMap(lost -> rows.resolve(lost).flatMap(this::settle), atOnce)
        .then(Mono.defer(this::tryAsideAgain));
  }

  private Flux<WorkBatcher.Unit> units(PlannedRow.Rows planned, Set<Action> batched, int atOnce) {
    return Flux.<WorkBatcher.Unit, WorkBatcher>generate(
            () -> new WorkBatcher(planned, batched, new IntentSize(atOnce, System::nanoTime), halt),
            Application::emit)
        .subscribeOn(disk);
  }

  private static WorkBatcher emit(WorkBatcher units, SynchronousSink<WorkBatcher.Unit> sink) {
    try {
      WorkBatcher.Unit unit = units.next();
      if (unit == null) {
        sink.complete();
      } else {
        sink.next(unit);
      }
      return units;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * What is to be carried out; of rows for calls of their own once their intents are noted. Each
   * brings the create whose answer was lost, if that is how it ended.
   */
  private Flux<Mono<ChangeResult.Lost>> intended(WorkBatcher.Unit unit) {
    if (unit instanceof WorkBatcher.Unit.Note note) {
      return Flux.just(recorder.record(note.result()).then(Mono.empty()));
    } else if (unit instanceof WorkBatcher.Unit.Keep keep) {
      return Flux.just(Mono.fromRunnable(() -> recorder.keep(keep.row())));
    } else if (unit instanceof WorkBatcher.Unit.Batch batch) {
      return Flux.just(
          recorder
              .intent(batch.items())
              .thenReturn(batch.items())
              .flatMapMany(batches::write)
              .concatMap(this::settle, BATCHES_AT_ONCE)
              .then(Mono.empty()));
    }
    List<PendingChange> items = ((WorkBatcher.Unit.Singles) unit).items();
    return recorder
        .intent(items)
        .thenReturn(items)
        .flatMapIterable(noted -> noted)
        .map(item -> rows.begin(item.change(), item.stats()).flatMap(this::settled));
  }

  private Mono<ChangeResult.Lost> settled(ChangeResult attempt) {
    return attempt instanceof ChangeResult.Lost lost
        ? Mono.just(lost)
        : settle(attempt).then(Mono.empty());
  }

  private Mono<Void> settle(ChangeResult attempt) {
    if (attempt instanceof ChangeResult.SetAside later) {
      aside.add(later);
      return Mono.empty();
    }
    return recorder.record(((ChangeResult.Settled) attempt).result());
  }

  /** A transient error never makes a row fail: it has as long as an outage may last. */
  private Mono<Void> tryAsideAgain() {
    return aside.isEmpty() ? Mono.empty() : round(System.nanoTime());
  }

  private Mono<Void> round(long start) {
    List<ChangeResult.SetAside> waiting = List.copyOf(aside);
    aside.clear();
    if (waiting.isEmpty()) {
      return Mono.empty();
    }
    if (!halt.on() && System.nanoTime() - start >= session.maxOutage().toNanos()) {
      halt.because(ExitCode.GAVE_UP);
    }
    if (halt.on()) {
      return Flux.fromIterable(waiting)
          .map(late -> classifier.unprocessed(late.change(), late.stats(), late.why()))
          .concatMap(this::settle)
          .then();
    }
    Mono<Void> pause = halt.soonAfterHalt(Mono.delay(BETWEEN_ROUNDS).then());
    return pause
        .onErrorResume(Halt.HaltedException.class, stopped -> Mono.empty())
        .thenReturn(waiting)
        .flatMapIterable(late -> late)
        .flatMap(late -> rows.write(late.change(), late.stats()), session.concurrency())
        .flatMap(this::settle)
        .then(Mono.defer(() -> round(start)));
  }
}
