package io.sluice.pipeline.imports;

import io.sluice.api.Listing;
import io.sluice.catalog.Resource;
import io.sluice.format.OptionNames;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.exports.ExportProgress;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.report.ExitCode;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Saves what an account holds before anything of it is deleted, so that it can be undone. */
public final class SafetySnapshot {
  public static final String DIRECTORY = "safety-snapshot";

  private final AccountSession session;
  private final List<Resource> resources;
  private final String toolVersion;
  private final Clock clock;

  public SafetySnapshot(
      AccountSession session, List<Resource> resources, String toolVersion, Clock clock) {
    this.session = session;
    this.resources = resources;
    this.toolVersion = toolVersion;
    this.clock = clock;
  }

  /** The account kept changing, so that what was saved is not what is there. */
  public static final class Unsteady extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsteady() {
      super("the account kept changing while it was saved", null, false, false);
    }

    /**
     * What it means.
     *
     * @param names what options are called
     */
    public Failure failure(OptionNames names) {
      return new Failure(
          ExitCode.REFUSED,
          "account_moving",
          String.valueOf(getMessage()),
          "nothing was deleted; run again, or do without, with " + names.without("safety-snapshot"),
          0,
          null);
    }
  }

  /** What holds the records now; {@link Unsteady} if they cannot be saved. */
  public Mono<Snapshot> take(Path root) {
    ExportRequest export =
        new ExportRequest(
            resources.stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            toolVersion,
            true);
    return new SnapshotExport(session, export, clock)
        .run(root, null, ExportProgress.none())
        .map(
            result -> {
              if (!result.snapshot().manifest().consistent()) {
                throw new Unsteady();
              }
              return result.snapshot();
            });
  }

  /** What an earlier process of the run saved before it changed anything. Blocking. */
  public static Optional<Snapshot> takenBefore(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    List<Snapshot> consistent =
        Snapshot.in(root).stream().filter(taken -> taken.manifest().consistent()).toList();
    return consistent.isEmpty()
        ? Optional.empty()
        : Optional.of(consistent.get(consistent.size() - 1));
  }

  /** The file of the first resource in it. */
  static Path file(Snapshot taken) {
    return taken.file(taken.manifest().resources().get(0));
  }
}
