package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiException;
import io.sluice.api.Written;
import io.sluice.catalog.Resource;
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
public final class RowWrites {
  private static final int MOST_SENDINGS = 6;
  private static final int CONFLICT = 409;

  private final AccountSession session;
  private final Resource resource;
  private final CreateConflicts creates;
  private final CreateReconciler fates;
  private final RecentWrites recent;
  private final OutcomeClassifier verdicts;
  private final Halt halt;
  private final long begun = System.nanoTime();

  public RowWrites(
      AccountSession session,
      Resource resource,
      CreateConflicts creates,
      CreateReconciler fates,
      RecentWrites recent,
      OutcomeClassifier verdicts,
      Halt halt) {
    this.session = session;
    this.resource = resource;
    this.creates = creates;
    this.fates = fates;
    this.recent = recent;
    this.verdicts = verdicts;
    this.halt = halt;
  }

  /** Tries to make a change; an intent must be on the disk already. */
  Mono<ChangeResult> write(Change change, CallStats effort) {
    return change.action() == Action.CREATE ? create(change, effort) : editOrDelete(change, effort);
  }

  /**
   * A create was answered that the key is taken, or was refused after an earlier call for it was
   * lost. Who has the key may have come at any time since the plan was made.
   */
  Mono<ChangeResult> conflict(
      Change create, CallStats effort, ApiException refusal, ChangeResult otherwise) {
    if (!effort.mayPlanAgain()) {
      return Mono.just(otherwise);
    }
    return look(create, begun)
        .flatMap(
            held ->
                held.isPresent()
                    ? goOn(met(create, held.get(), effort), effort, refusal)
                    : Mono.just(otherwise))
        .onErrorResume(
            RowWrites::isOfTheApi,
            lookupFailed -> Mono.just(verdicts.unseen(create, effort, lookupFailed, otherwise)));
  }

  /** The record in the way may be the one that an earlier, lost call made after all. */
  private CreateConflicts.Rest met(Change create, ObjectNode held, CallStats effort) {
    return effort.wasLost()
        ? creates.found(create, held, effort.firstSent())
        : creates.exists(create, held);
  }

  /** What is left to do after a create met its record. */
  Mono<ChangeResult> goOn(
      CreateConflicts.Rest rest, CallStats effort, @Nullable ApiException answer) {
    if (rest instanceof CreateConflicts.Rest.Edit edit) {
      return editOrDelete(edit.change(), effort);
    }
    CreateConflicts.Rest.Settled settled = (CreateConflicts.Rest.Settled) rest;
    if (settled.result().outcome() == Outcome.CREATED) {
      halt.permitted();
    }
    int status = answer == null ? 0 : answer.httpStatus();
    String ray = answer == null ? null : answer.ray();
    return Mono.just(new ChangeResult.Settled(effort.addTo(settled.result(), status, ray)));
  }

  private Mono<ChangeResult> create(Change change, CallStats effort) {
    return Mono.defer(
        () -> {
          AttemptCount attempts = new AttemptCount();
          Mono<Written> call = session.client().create(resource, change.body(), attempts);
          return halt.orHalt(call, attempts)
              .doOnTerminate(() -> effort.add(attempts))
              .map(written -> created(change, effort, written))
              .onErrorResume(
                  RowWrites::isOfTheApi,
                  error -> {
                    if (error instanceof ApiException answer) {
                      return notCreated(change, effort, answer);
                    }
                    return Mono.just(unsent(change, effort, attempts, error));
                  });
        });
  }

  private ChangeResult created(Change change, CallStats effort, Written written) {
    String id = written.record().path("id").asString("");
    recent.add(id);
    creates.madeNow(written.record());
    return verdicts.done(change, effort, id, written.httpStatus(), written.ray());
  }

  private Mono<ChangeResult> notCreated(Change change, CallStats effort, ApiException answer) {
    if (answer.kind().settled()) {
      ChangeResult refused = verdicts.refused(change, effort, answer, null);
      return isTaken(change, effort, answer)
          ? conflict(change, effort, answer, refused)
          : Mono.just(refused);
    }
    effort.lost();
    halt.failed(answer);
    Mono<Optional<ObjectNode>> look = look(change, effort.firstSentNanos());
    return look.flatMap(
            held -> held.isPresent() ? Mono.just(held) : CreateConflicts.onceMore(answer, look))
        .flatMap(
            held ->
                held.isPresent()
                    ? goOn(creates.found(change, held.get(), effort.firstSent()), effort, answer)
                    : again(change, effort, answer))
        .onErrorResume(
            RowWrites::isOfTheApi,
            lookupFailed -> Mono.just(verdicts.unknown(change, effort, lookupFailed)));
  }

  /** Whether a refusal may mean that the key is taken, perhaps by what a lost call made late. */
  static boolean isTaken(Change change, CallStats effort, ApiException refusal) {
    return change.action() == Action.CREATE
        && (refusal.httpStatus() == CONFLICT
            || (effort.wasLost() && !OutcomeClassifier.concernsAll(change, refusal)));
  }

  private Mono<ChangeResult> again(Change change, CallStats effort, ApiException why) {
    if (halt.on()) {
      return Mono.just(verdicts.unprocessed(change, effort, new Halt.HaltedException()));
    }
    if (effort.again() >= MOST_SENDINGS) {
      return Mono.just(new ChangeResult.SetAside(change, effort, why));
    }
    return halt.pause(effort.backoff()).then(create(change, effort));
  }

  private Mono<ChangeResult> editOrDelete(Change change, CallStats effort) {
    return Mono.defer(
        () -> {
          AttemptCount attempts = new AttemptCount();
          return halt.orHalt(send(change, attempts), attempts)
              .doOnTerminate(() -> effort.add(attempts))
              .map(w -> verdicts.done(change, effort, change.id(), w.httpStatus(), w.ray()))
              .onErrorResume(
                  RowWrites::isOfTheApi,
                  error ->
                      Mono.just(
                          error instanceof ApiException refusal
                              ? verdicts.refused(change, effort, refusal, null)
                              : unsent(change, effort, attempts, error)));
        });
  }

  private Mono<Written> send(Change change, AttemptCount attempts) {
    String id = String.valueOf(change.id());
    return change.action() == Action.DELETE
        ? session.client().delete(resource, id, attempts)
        : session.client().edit(resource, id, change.body(), attempts);
  }

  /** The dispatcher gave up, or the run halted. */
  private ChangeResult unsent(
      Change change, CallStats effort, AttemptCount attempts, Throwable error) {
    if (error instanceof AttemptsSpentException) {
      if (change.action() == Action.DELETE) {
        effort.lost();
      }
      return new ChangeResult.SetAside(change, effort, error);
    }
    boolean maybe = error instanceof Halt.HaltedException && attempts.made() > 0;
    return maybe
        ? verdicts.unknown(change, effort, error)
        : verdicts.unprocessed(change, effort, error);
  }

  private Mono<Optional<ObjectNode>> look(Change create, long sentNanos) {
    return fates
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
