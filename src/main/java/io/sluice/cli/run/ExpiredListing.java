package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.Console;
import io.sluice.cli.Version;
import io.sluice.cli.text.Printable;
import io.sluice.config.Connection;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.transfer.ExpiredRecords;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Lists the expired records of an account in the foreground, before they are deleted. */
public final class ExpiredListing {
  private final Console console;
  private final Connection connection;
  private final TransportOptions transport;
  private final Duration maxOutage;

  public ExpiredListing(
      Console console, Connection connection, TransportOptions transport, Duration maxOutage) {
    this.console = console;
    this.connection = connection;
    this.transport = transport;
    this.maxOutage = maxOutage;
  }

  /**
   * What has expired: as it was listed, if a run goes on, so that its rows stay the same.
   *
   * @param results the directory of the run, where the listing is kept
   */
  public Snapshot of(ExpiredRecords expired, Path results, boolean resume) throws IOException {
    SourceListing listing = new SourceListing(results, null);
    Optional<Snapshot> before = resume ? listing.before(connection.account()) : Optional.empty();
    if (before.isPresent()) {
      return before.get();
    }
    if (!resume) {
      listing.requireUnused(expired.resources());
    }
    Snapshot snapshot = listed(expired, listing.root());
    console.note(
        Printable.count(snapshot.manifest().rows(), "record")
            + " with a last day before "
            + ExpiredRecords.before(snapshot));
    return listing.keep(snapshot);
  }

  private Snapshot listed(ExpiredRecords expired, Path root) {
    StopSignal stop = new StopSignal();
    try (SourceDisplay display = new SourceDisplay(console)) {
      AccountSession session =
          ForegroundSession.open(connection, transport, maxOutage, display, stop);
      Mono<Snapshot> list =
          Mono.usingWhen(
              Mono.just(session),
              live -> expired.list(live, root, Clock.systemUTC(), Version.current(), display),
              AccountSession::close);
      return Objects.requireNonNull(Interrupts.await(list, stop));
    }
  }
}
