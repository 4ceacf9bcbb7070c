package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiException;
import io.sluice.api.Written;
import io.sluice.catalog.Resource;
import io.sluice.flow.CallSlots;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.OutageException;
import io.sluice.pipeline.AccountSession;
import io.sluice.report.Action;
import io.sluice.report.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes changes one by one. A create whose answer is lost is looked up before it is sent again;
 * edits and deletes may be sent twice without harm. Only errors of this machine are signalled as
 * errors; whatever the API does becomes an {@link ChangeResult}.
 */
final class RowWrites {
  static final int MOST_SENDINGS = 6;
  private static final int CONFLICT = 409;

  private final AccountSession session;
  private final Resource resource;
  private final CreateConflicts creates;
  private final CreateReconciler reconciler;
  private final RecentWrites recent;
  private final OutcomeClassifier classifier;
  private final Halt halt;
  private final CallSlots slots;
  private final long begun = System.nanoTime();

  RowWrites(
      AccountSession session,
      Resource resource,
      CreateConflicts creates,
      CreateReconciler reconciler,
      RecentWrites recent,
      OutcomeClassifier classifier,
      Halt halt) {
    this.session = session;
    this.resource = resource;
    this.creates = creates;
    this.reconciler = reconciler;
    this.recent = recent;
    this.classifier = classifier;
    this.halt = halt;
    this.slots = new CallSlots(session.concurrency());
  }

  /** Tries to make a change; an intent must be on the disk already. */
  Mono<ChangeResult> write(Change change, CallStats stats) {
    return begin(change, stats)
        .flatMap(
            attempt ->
                attempt instanceof ChangeResult.Lost lost ? resolve(lost) : Mono.just(attempt));
  }

  /** The same, but for a create whose answer is lost: {@link #resolve} is still to be called. */
  Mono<ChangeResult> begin(Change change, CallStats stats) {
    return slots.within(
        change.action() == Action.CREATE ? create(change, stats) : editOrDelete(change, stats));
  }

  /**
   * A create was answered that the key is taken, or was refused after an earlier call for it was
   * lost. Who has the key may have come at any time since the plan was made.
   */
  Mono<ChangeResult> conflict(
      Change create, CallStats stats, ApiException refusal, ChangeResult otherwise) {
    if (!stats.mayPlanAgain()) {
      return Mono.just(otherwise);
    }
    return look(create, begun)
        .flatMap(
            held ->
                held.isPresent()
                    ? goOn(met(create, held.get(), stats), stats, refusal)
                    : Mono.just(otherwise))
        .onErrorResume(
            RowWrites::isOfTheApi,
            lookupFailed -> Mono.just(classifier.unseen(create, stats, lookupFailed, otherwise)));
  }

  /** The record in the way may be the one that an earlier, lost call made after all. */
  private CreateConflicts.Rest met(Change create, ObjectNode held, CallStats stats) {
    return stats.wasLost()
        ? creates.found(create, held, stats.firstSent())
        : creates.exists(create, held);
  }

  /** What is left to do after a create met its record. */
  Mono<ChangeResult> goOn(
      CreateConflicts.Rest rest, CallStats stats, @Nullable ApiException answer) {
    if (rest instanceof CreateConflicts.Rest.Edit edit) {
      return editOrDelete(edit.change(), stats);
    }
    CreateConflicts.Rest.Settled settled = (CreateConflicts.Rest.Settled) rest;
    if (settled.result().outcome() == Outcome.CREATED) {
      halt.permitted();
    }
    int status = answer == null ? 0 : answer.httpStatus();
    String ray = answer == null ? null : answer.ray();
    return Mono.just(new ChangeResult.Settled(stats.addTo(settled.result(), status, ray)));
  }

  private Mono<ChangeResult> create(Change change, CallStats stats) {
    return Mono.defer(
        () -> {
          AttemptCount attempts = new AttemptCount();
          Mono<Written> call = session.client().create(resource, change.body(), attempts);
          return halt.orHalt(call, attempts)
              .doOnTerminate(() -> stats.add(attempts))
              .map(written -> created(change, stats, written))
              .onErrorResume(
                  RowWrites::isOfTheApi,
                  error -> {
                    if (error instanceof ApiException answer) {
                      return notCreated(change, stats, answer);
                    }
                    return Mono.just(classifier.unsent(change, stats, attempts, error));
                  });
        });
  }

  private ChangeResult created(Change change, CallStats stats, Written written) {
    String id = written.record().path("id").asString("");
    recent.add(id);
    creates.madeNow(written.record());
    return classifier.done(change, stats, id, written.httpStatus(), written.ray());
  }

  private Mono<ChangeResult> notCreated(Change change, CallStats stats, ApiException answer) {
    if (answer.kind().settled()) {
      ChangeResult refused = classifier.refused(change, stats, answer, null);
      return isTaken(change, stats, answer)
          ? conflict(change, stats, answer, refused)
          : Mono.just(refused);
    }
    stats.lost();
    halt.failed(answer);
    return Mono.just(new ChangeResult.Lost(change, stats, answer));
  }

  /** Finds out what became of a create, and makes it if it surely had no effect. */
  Mono<ChangeResult> resolve(ChangeResult.Lost lost) {
    Change change = lost.change();
    CallStats stats = lost.stats();
    ApiException answer = lost.answer();
    Mono<Optional<ObjectNode>> look = slots.within(look(change, stats.firstSentNanos()));
    return look.flatMap(
            held -> held.isPresent() ? Mono.just(held) : CreateConflicts.onceMore(answer, look))
        .flatMap(
            held ->
                held.isPresent()
                    ? slots.within(
                        goOn(creates.found(change, held.get(), stats.firstSent()), stats, answer))
                    : again(change, stats, answer))
        .onErrorResume(
            RowWrites::isOfTheApi,
            lookupFailed -> Mono.just(classifier.unknown(change, stats, lookupFailed)));
  }

  /** Whether a refusal may mean that the key is taken, perhaps by what a lost call made late. */
  static boolean isTaken(Change change, CallStats stats, ApiException refusal) {
    return change.action() == Action.CREATE
        && (refusal.httpStatus() == CONFLICT
            || (stats.wasLost() && !OutcomeClassifier.concernsAll(change, refusal)));
  }

  private Mono<ChangeResult> again(Change change, CallStats stats, ApiException why) {
    if (halt.on()) {
      return Mono.just(classifier.unprocessed(change, stats, new Halt.HaltedException()));
    }
    if (stats.again() >= MOST_SENDINGS) {
      return Mono.just(new ChangeResult.SetAside(change, stats, why));
    }
    return halt.pause(stats.backoff()).then(write(change, stats));
  }

  private Mono<ChangeResult> editOrDelete(Change change, CallStats stats) {
    return Mono.defer(
        () -> {
          AttemptCount attempts = new AttemptCount();
          return halt.orHalt(send(change, attempts), attempts)
              .doOnTerminate(() -> stats.add(attempts))
              .map(w -> classifier.done(change, stats, change.id(), w.httpStatus(), w.ray()))
              .onErrorResume(
                  RowWrites::isOfTheApi,
                  error ->
                      Mono.just(
                          error instanceof ApiException refusal
                              ? classifier.refused(change, stats, refusal, null)
                              : notAnswered(change, stats, attempts, error)));
        });
  }

  private Mono<Written> send(Change change, AttemptCount attempts) {
    String id = String.valueOf(change.id());
    return change.action() == Action.DELETE
        ? session.client().delete(resource, id, attempts)
        : session.client().edit(resource, id, change.body(), attempts);
  }

  private ChangeResult notAnswered(
      Change change, CallStats stats, AttemptCount attempts, Throwable error) {
    if (error instanceof AttemptsSpentException && change.action() == Action.DELETE) {
      stats.lost();
    }
    return classifier.unsent(change, stats, attempts, error);
  }

  private Mono<Optional<ObjectNode>> look(Change create, long sentNanos) {
    return reconciler
        .find(List.of(create), sentNanos)
        .map(found -> Optional.ofNullable(found.get(create)));
  }

  /**
   * What the API does, and stopping, are part of a run; anything else is a defect or a full disk.
   */
  static boolean isOfTheApi(Throwable error) {
    return error instanceof ApiException
        || error instanceof AttemptsSpentException
        || error instanceof OutageException
        || error instanceof Halt.HaltedException;
  }
}
