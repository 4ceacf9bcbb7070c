package io.sluice.pipeline.exports;

import io.sluice.api.ApiAccount;
import io.sluice.flow.Blocking;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.UnavailableException;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Retention;
import io.sluice.snapshot.Snapshot;
import io.sluice.snapshot.SnapshotDraft;
import io.sluice.snapshot.SnapshotRoot;
import io.sluice.snapshot.Unavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Exports resources, one after the other, into a new snapshot below a directory. The snapshot
 * appears whole or not at all: on an error, and when cancelled, what was written is removed.
 */
public final class SnapshotExport {
  private final AccountSession session;
  private final ExportRequest request;
  private final Clock clock;

  /**
   * What became of an export.
   *
   * @param snapshot the new snapshot
   * @param removed old snapshots that went for it
   * @param troubles what went wrong on the side, in words
   */
  public record Result(Snapshot snapshot, List<Snapshot> removed, List<String> troubles) {}

  /** An export of that account; {@code clock} names the snapshot. */
  public SnapshotExport(AccountSession session, ExportRequest request, Clock clock) {
    this.session = session;
    this.request = request;
    this.clock = clock;
  }

  /**
   * Exports into {@code root}, which is made and locked.
   *
   * @param retention which old snapshots go afterwards; null keeps all
   */
  public Mono<Result> run(Path root, @Nullable Retention retention, Consumer<RunEvent> events) {
    return Blocking.using(
        () -> SnapshotRoot.open(root),
        open -> export(open, retention, events),
        open -> Blocking.run(open::close));
  }

  private Mono<Result> export(
      SnapshotRoot root, @Nullable Retention retention, Consumer<RunEvent> events) {
    return begin(root)
        .flatMap(
            started ->
                Mono.usingWhen(
                    Mono.just(started.draft()),
                    draft -> write(root, draft, started.at(), events),
                    draft -> Mono.empty(),
                    (draft, error) -> Blocking.run(draft::discard),
                    draft -> Blocking.run(draft::discard)))
        .flatMap(snapshot -> Blocking.call(() -> thinOut(root, snapshot, retention)));
  }

  private record Started(SnapshotDraft draft, Instant at) {}

  /** A name that is taken waits for the next second. */
  private Mono<Started> begin(SnapshotRoot root) {
    return Mono.defer(
            () -> {
              Instant now = clock.instant();
              return Blocking.call(() -> root.begin(now))
                  .flatMap(Mono::justOrEmpty)
                  .map(draft -> new Started(draft, now));
            })
        .repeatWhenEmpty(taken -> taken.delayElements(Duration.ofMillis(200)));
  }

  private Mono<Snapshot> write(
      SnapshotRoot root, SnapshotDraft draft, Instant start, Consumer<RunEvent> events) {
    ApiAccount account = session.account();
    return Blocking.call(() -> root.latest(account.id(), account.baseUrl().toString()))
        .flatMap(
            latest -> {
              Manifest before = latest.map(Snapshot::manifest).orElse(null);
              ResourceExport export = new ResourceExport(session, request, before, events);
              return write(export, before, draft, start, events);
            });
  }

  private Mono<Snapshot> write(
      ResourceExport export,
      @Nullable Manifest before,
      SnapshotDraft draft,
      Instant start,
      Consumer<RunEvent> events) {
    List<Unavailable> unavailable = Collections.synchronizedList(new ArrayList<>());
    return Flux.fromIterable(request.listings())
        .concatMap(
            listing ->
                export
                    .run(listing, draft.directory())
                    .onErrorResume(
                        UnavailableException.class,
                        lacking -> {
                          if (request.named()) {
                            return Mono.error(lacking);
                          }
                          unavailable.add(lacking.what());
                          events.accept(
                              new RunEvent.KindUnavailable(
                                  listing.resource(),
                                  lacking.what(),
                                  isKnown(before, lacking.what())));
                          return Mono.empty();
                        }),
            0)
        .collectList()
        .flatMap(
            entries -> Blocking.call(() -> draft.finish(manifest(entries, unavailable, start))));
  }

  private static boolean isKnown(@Nullable Manifest before, Unavailable lacking) {
    return before != null && before.unavailable().stream().anyMatch(lacking::isAlike);
  }

  private Manifest manifest(
      List<ResourceEntry> entries, List<Unavailable> unavailable, Instant start) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        request.toolVersion(),
        session.account().id(),
        session.account().baseUrl().toString(),
        start,
        clock.instant(),
        entries,
        unavailable);
  }

  private static Result thinOut(SnapshotRoot root, Snapshot snapshot, @Nullable Retention retention)
      throws IOException {
    List<Snapshot> removed = retention == null ? List.of() : retention.apply(root, snapshot);
    return new Result(snapshot, removed, root.troubles());
  }
}
