package io.sluice.pipeline.imports.apply;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.BatchAnswer;
import io.sluice.catalog.Resource;
import io.sluice.flow.retry.AttemptCount;
import io.sluice.pipeline.AccountSession;
import io.sluice.report.Action;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes up to a thousand changes of one kind with one call. A chunk that is refused is narrowed
 * down, by what the errors point at or else by halving, until every change has its own result; a
 * chunk whose answer is lost is looked up before any of it is sent again.
 */
final class BatchWrites {
  /** After so many rounds of pointers a chunk goes on row by row, which is not slower then. */
  private static final int MOST_ROUNDS = 24;

  private final AccountSession session;
  private final Resource resource;
  private final RowWrites rows;
  private final CreateConflicts creates;
  private final CreateReconciler reconciler;
  private final RecentWrites recent;
  private final OutcomeClassifier classifier;
  private final Halt halt;
  private volatile boolean missing;
  private volatile boolean offered;

  BatchWrites(
      AccountSession session,
      Resource resource,
      RowWrites rows,
      CreateConflicts creates,
      CreateReconciler reconciler,
      RecentWrites recent,
      OutcomeClassifier classifier,
      Halt halt) {
    this.session = session;
    this.resource = resource;
    this.rows = rows;
    this.creates = creates;
    this.reconciler = reconciler;
    this.recent = recent;
    this.classifier = classifier;
    this.halt = halt;
  }

  /** Tries to make changes of one kind; an intent for each must be on the disk already. */
  Flux<ChangeResult> write(List<PendingChange> items) {
    return send(new Chunk(items, 0));
  }

  private Flux<ChangeResult> send(Chunk chunk) {
    if (chunk.items().isEmpty()) {
      return Flux.empty();
    }
    if (missing || chunk.rounds() > MOST_ROUNDS) {
      return oneByOne(chunk);
    }
    return Flux.defer(
        () -> {
          AttemptCount attempts = new AttemptCount();
          return halt.orHalt(session.client().batch(resource, chunk.request(), attempts), attempts)
              .doOnTerminate(() -> chunk.items().forEach(item -> item.stats().add(attempts)))
              .flatMapMany(answer -> answered(chunk, answer))
              .onErrorResume(
                  RowWrites::isOfTheApi,
                  error ->
                      error instanceof ApiException answer
                          ? refused(chunk, answer)
                          : each(
                              chunk,
                              item ->
                                  classifier.unsent(item.change(), item.stats(), attempts, error)));
        });
  }

  private Flux<ChangeResult> oneByOne(Chunk chunk) {
    return Flux.fromIterable(chunk.items())
        .flatMap(item -> rows.write(item.change(), item.stats()), rowsAtOnce());
  }

  /** Other batches are under way as well. */
  private int rowsAtOnce() {
    return Math.max(1, session.concurrency() / Application.BATCHES_AT_ONCE);
  }

  private Flux<ChangeResult> answered(Chunk chunk, BatchAnswer answer) {
    offered = true;
    List<ChangeResult> done = new ArrayList<>(chunk.items().size());
    List<PendingChange> untold = new ArrayList<>();
    BatchResults results = new BatchResults(resource, answer, chunk.action());
    answer.posts().stream().findFirst().ifPresent(creates::madeNow);
    for (int i = 0; i < chunk.items().size(); i++) {
      PendingChange item = chunk.items().get(i);
      String id = results.id(i, item.change());
      if (id == null) {
        untold.add(item);
      } else {
        done.add(
            classifier.done(item.change(), item.stats(), id, answer.httpStatus(), answer.ray()));
        if (done.size() == 1) {
          recent.add(id);
        }
      }
    }
    Flux<ChangeResult> rest = untold.isEmpty() ? Flux.empty() : lookUp(chunk.of(untold), null);
    return Flux.concat(List.of(Flux.fromIterable(done), rest));
  }

  private Flux<ChangeResult> refused(Chunk chunk, ApiException answer) {
    if (!answer.kind().settled()) {
      return lookUp(chunk, answer);
    }
    if (OutcomeClassifier.concernsAll(chunk.items().get(0).change(), answer)) {
      return each(chunk, item -> classifier.refused(item.change(), item.stats(), answer, null));
    }
    IdentityHashMap<PendingChange, ApiError> guilty = chunk.pointedAt(answer);
    if (!guilty.isEmpty()) {
      return withoutGuilty(chunk, answer, guilty);
    }
    if (answer.httpStatus() == 405 || (answer.httpStatus() == 404 && !offered)) {
      // What is not found may be a record of the chunk instead.
      missing = answer.httpStatus() == 405 || chunk.action() == Action.CREATE;
      return oneByOne(chunk);
    }
    return halve(chunk, answer);
  }

  private Flux<ChangeResult> withoutGuilty(
      Chunk chunk, ApiException answer, IdentityHashMap<PendingChange, ApiError> guilty) {
    List<PendingChange> innocent =
        chunk.items().stream().filter(item -> !guilty.containsKey(item)).toList();
    Flux<ChangeResult> refused =
        Flux.fromIterable(chunk.items())
            .filter(guilty::containsKey)
            .concatMap(item -> verdict(item, answer, guilty.get(item)));
    return Flux.concat(List.of(refused, Flux.defer(() -> send(chunk.of(innocent)))));
  }

  private Mono<ChangeResult> verdict(
      PendingChange item, ApiException answer, @Nullable ApiError error) {
    Change change = item.change();
    ChangeResult refused = classifier.refused(change, item.stats(), answer, error);
    return RowWrites.isTaken(change, item.stats(), answer)
        ? rows.conflict(change, item.stats(), answer, refused)
        : Mono.just(refused);
  }

  /** The errors name nobody: half of it, then the other half. */
  private Flux<ChangeResult> halve(Chunk chunk, ApiException answer) {
    int size = chunk.items().size();
    if (size == 1) {
      PendingChange item = chunk.items().get(0);
      return offered ? verdict(item, answer, null).flux() : doubted(item).flux();
    }
    List<PendingChange> left = chunk.items().subList(0, size / 2);
    List<PendingChange> right = chunk.items().subList(size / 2, size);
    return Flux.concat(
        List.of(send(new Chunk(left, 0)), Flux.defer(() -> send(new Chunk(right, 0)))));
  }

  /** The endpoint has refused whatever it was sent so far: it may be the endpoint, not the row. */
  private Mono<ChangeResult> doubted(PendingChange item) {
    return rows.write(item.change(), item.stats())
        .doOnNext(
            attempt -> {
              if (!offered && attempt.succeeded(item.change().action())) {
                missing = true;
              }
            });
  }

  /** Whatever happened to the chunk: what is there is done, what is not is sent again. */
  private Flux<ChangeResult> lookUp(Chunk chunk, @Nullable ApiException lost) {
    chunk.items().forEach(item -> item.stats().lost());
    if (lost != null) {
      halt.failed(lost);
    }
    if (chunk.action() != Action.CREATE) {
      return again(chunk, lost);
    }
    List<Change> sought = chunk.items().stream().map(PendingChange::change).toList();
    Mono<IdentityHashMap<Change, ObjectNode>> look =
        reconciler.find(sought, chunk.firstSentNanos());
    return look.flatMap(
            found ->
                lost != null && found.size() < sought.size()
                    ? CreateConflicts.onceMore(lost, look)
                    : Mono.just(found))
        .flatMapMany(found -> sorted(chunk, found, lost))
        .onErrorResume(
            RowWrites::isOfTheApi,
            failed -> each(chunk, item -> classifier.unknown(item.change(), item.stats(), failed)));
  }

  private Flux<ChangeResult> sorted(
      Chunk chunk, IdentityHashMap<Change, ObjectNode> found, @Nullable ApiException lost) {
    List<PendingChange> absent = new ArrayList<>();
    List<Mono<ChangeResult>> met = new ArrayList<>();
    for (PendingChange item : chunk.items()) {
      ObjectNode held = found.get(item.change());
      if (held == null) {
        absent.add(item);
      } else {
        CreateConflicts.Rest rest = creates.found(item.change(), held, item.stats().firstSent());
        met.add(rows.goOn(rest, item.stats(), lost));
      }
    }
    return Flux.concat(
        List.of(
            Flux.fromIterable(met).flatMap(attempt -> attempt, rowsAtOnce()),
            absent.isEmpty() ? Flux.empty() : again(chunk.of(absent), lost)));
  }

  private Flux<ChangeResult> again(Chunk chunk, @Nullable ApiException lost) {
    Throwable why = lost == null ? new IllegalStateException("the answer left rows out") : lost;
    if (halt.on()) {
      return each(
          chunk,
          item -> classifier.unprocessed(item.change(), item.stats(), new Halt.HaltedException()));
    }
    int sendings = 0;
    for (PendingChange item : chunk.items()) {
      sendings = Math.max(sendings, item.stats().again());
    }
    if (sendings >= RowWrites.MOST_SENDINGS) {
      return each(chunk, item -> new ChangeResult.SetAside(item.change(), item.stats(), why));
    }
    return halt.pause(chunk.items().get(0).stats().backoff())
        .thenReturn(chunk)
        .flatMapMany(this::send);
  }

  private static Flux<ChangeResult> each(
      Chunk chunk, Function<PendingChange, ChangeResult> verdict) {
    return Flux.fromIterable(chunk.items()).map(verdict);
  }
}
