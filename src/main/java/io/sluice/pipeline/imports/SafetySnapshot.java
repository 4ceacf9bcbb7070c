package io.sluice.pipeline.imports;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.flow.Blocking;
import io.sluice.format.OptionNames;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Saves what an account holds before anything of it is deleted, so that it can be undone. */
public final class SafetySnapshot {
  public static final String DIRECTORY = "safety-snapshot";

  private final AccountSession session;
  private final Clock clock;

  SafetySnapshot(AccountSession session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  /**
   * Where it goes, and who watches.
   *
   * @param path what people are told of the snapshot when it is complete
   */
  public record Place(Path root, Consumer<RunEvent> events, Function<Snapshot, Path> path) {
    /** That of a run with one input. */
    static Place of(ImportRun.Part part) {
      return new Place(
          part.place().results().resolve(DIRECTORY), part.events(), SafetySnapshot::file);
    }
  }

  /** The account kept changing, so that what was saved is not what is there. */
  public static final class Unsteady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsteady() {
      super("the account kept changing while it was saved", null, false, false);
    }

    /** What it means. */
    public Failure failure(OptionNames names) {
      return Failure.of(
          ExitCode.REFUSED,
          "account_moving",
          String.valueOf(getMessage()),
          "nothing was deleted; run again, or do without, with "
              + names.without("safety-snapshot"));
    }
  }

  /**
   * Saves all kinds of records that the plans change, if any plan deletes; {@link Unsteady} if that
   * cannot be done. Empty if nothing has to be saved.
   */
  Mono<Snapshot> before(List<ImportState.Planned> plans, Place place) {
    List<ImportRequest> requests = plans.stream().map(planned -> planned.request()).toList();
    if (requests.stream().anyMatch(ImportRequest::dryRun)
        || requests.stream().noneMatch(ImportRequest::safetySnapshot)
        || requests.stream().noneMatch(request -> request.mode().deletes())) {
      return Mono.empty();
    }
    // Saved once the run has begun to delete, the account would lack what is to be brought back.
    boolean begun =
        plans.stream().anyMatch(planned -> planned.validated().run().past().journal() != null);
    return Blocking.call(() -> begun ? takenBefore(place.root()) : null)
        .switchIfEmpty(Mono.defer(() -> now(plans, place)));
  }

  private Mono<Snapshot> now(List<ImportState.Planned> plans, Place place) {
    if (plans.stream().allMatch(planned -> planned.summary().of(Action.DELETE) == 0)) {
      return Mono.empty();
    }
    List<Resource> changed =
        plans.stream()
            .filter(planned -> planned.summary().total() > 0)
            .map(planned -> planned.request().resource())
            .toList();
    place.events().accept(new RunEvent.Progress(RunEvent.Phase.SAVING, changed.get(0), 0, null));
    String version = plans.get(0).request().toolVersion();
    return take(changed, version, place.root())
        .doOnNext(
            taken -> place.events().accept(new RunEvent.SafetySaved(place.path().apply(taken))));
  }

  private Mono<Snapshot> take(List<Resource> resources, String toolVersion, Path root) {
    ExportRequest export =
        new ExportRequest(
            resources.stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            toolVersion,
            true);
    return new SnapshotExport(session, export, clock)
        .run(root, null, event -> {})
        .map(
            result -> {
              if (!result.snapshot().manifest().consistent()) {
                throw new Unsteady();
              }
              return result.snapshot();
            });
  }

  /** What an earlier process of the run saved before it changed anything. Blocking. */
  private static @Nullable Snapshot takenBefore(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return null;
    }
    List<Snapshot> consistent =
        Snapshot.in(root).stream().filter(taken -> taken.manifest().consistent()).toList();
    return consistent.isEmpty() ? null : consistent.get(consistent.size() - 1);
  }

  /** The file of the first resource in it. */
  static Path file(Snapshot taken) {
    return taken.file(taken.manifest().resources().get(0));
  }
}
