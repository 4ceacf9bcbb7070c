package io.sluice.pipeline.transfer;

import io.sluice.catalog.Resource;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.SafetySnapshot;
import io.sluice.report.Action;
import io.sluice.report.ResultsDirectory;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sees to it that several imports that belong together can be undone together: what the account
 * holds of all that they change is saved as one snapshot, before any of them deletes anything.
 */
final class Precaution {
  private final AccountSession session;
  private final List<SnapshotImport.Part> parts;
  private final Path results;
  private final SnapshotImport.Listener listener;
  private final Clock clock;
  private volatile @Nullable Path taken;

  Precaution(
      AccountSession session,
      List<SnapshotImport.Part> parts,
      Path results,
      SnapshotImport.Listener listener,
      Clock clock) {
    this.session = session;
    this.parts = parts;
    this.results = results;
    this.listener = listener;
    this.clock = clock;
  }

  /** Where what was there is saved; null if nothing had to be. */
  @Nullable Path taken() {
    return taken;
  }

  /**
   * Saves what is to be saved.
   *
   * @param plans in the order of the parts
   * @return why nothing may be changed; nothing if all is well
   */
  Mono<Optional<Failure>> before(List<PlanSummary> plans) {
    boolean wanted = parts.stream().anyMatch(part -> part.request().safetySnapshot());
    boolean deleting = parts.stream().anyMatch(part -> part.request().mode().deletes());
    if (!wanted || !deleting) {
      return Mono.just(Optional.empty());
    }
    Path root = results.resolve(SafetySnapshot.DIRECTORY);
    return Mono.fromCallable(() -> earlier(root))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(before -> before.isPresent() ? Mono.just(before) : now(root, plans))
        .map(
            saved -> {
              taken = saved.map(Snapshot::directory).orElse(null);
              return Optional.<Failure>empty();
            })
        .onErrorResume(
            SafetySnapshot.Unsteady.class,
            moved -> Mono.just(Optional.of(moved.failure(parts.get(0).request().names()))));
  }

  /** Saved once the run has begun to delete, the account would lack what is to be brought back. */
  private Optional<Snapshot> earlier(Path root) throws IOException {
    boolean begun =
        parts.stream()
            .map(part -> results.resolve(part.request().resource().slug()))
            .anyMatch(ResultsDirectory::holdsJournal);
    return begun ? SafetySnapshot.takenBefore(root) : Optional.empty();
  }

  private Mono<Optional<Snapshot>> now(Path root, List<PlanSummary> plans) {
    List<Resource> changed = new ArrayList<>();
    long deletes = 0;
    for (int i = 0; i < parts.size(); i++) {
      deletes += plans.get(i).of(Action.DELETE);
      if (plans.get(i).total() > 0) {
        changed.add(parts.get(i).request().resource());
      }
    }
    if (deletes == 0) {
      return Mono.just(Optional.empty());
    }
    listener.saving();
    String version = parts.get(0).request().toolVersion();
    return new SafetySnapshot(session, changed, version, clock)
        .take(root)
        .doOnNext(snapshot -> listener.saved(snapshot.directory()))
        .map(Optional::of);
  }
}
