package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.progress.SourceDisplay;
import io.sluice.cli.text.Printable;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Lists the expired records of an account in the foreground, before they are deleted. */
public final class ExpiredListing {
  private final Console console;
  private final ForegroundSession account;

  public ExpiredListing(Console console, ForegroundSession account) {
    this.console = console;
    this.account = account;
  }

  /**
   * What has expired: as it was listed, if a run goes on, so that its rows stay the same.
   *
   * @param results the directory of the run, where the listing is kept
   */
  public Snapshot of(ExpiredRecords expired, Path results, boolean resume) throws IOException {
    return new SourceListing(results, null, "prunes", "the one that is given")
        .of(
            account.connection().account(),
            expired.resources(),
            resume,
            root -> listed(expired, root));
  }

  private Snapshot listed(ExpiredRecords expired, Path root) {
    Listed listed;
    try (SourceDisplay display = new SourceDisplay(console)) {
      listed =
          account.run(
              display,
              new StopSignal(),
              session ->
                  expired
                      .list(session, root, Clock.systemUTC(), Version.current(), display)
                      .map(snapshot -> new Listed(snapshot, session.requests())));
    }
    console.note(
        Printable.count(listed.snapshot().manifest().rows(), "record")
            + " with a last day before "
            + ExpiredRecords.before(listed.snapshot())
            + ", found by "
            + Printable.count(listed.requests(), "request"));
    return listed.snapshot();
  }

  /** The listing, and what it took; the summary of the run counts what comes after it. */
  private record Listed(Snapshot snapshot, long requests) {}
}
