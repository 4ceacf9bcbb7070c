package io.sluice.pipeline;

import static java.util.Objects.requireNonNull;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.config.Connection;
import io.sluice.flow.quota.Quota;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.sandbox.Sandbox;
import io.sluice.snapshot.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An export of a sandbox's account into a directory, and what is there afterwards. */
public final class ExportRig {
  final Sandbox sandbox;
  final Path root;
  final StopSignal stop = new StopSignal();
  private final List<String> moves = new ArrayList<>();
  private List<Listing> listings = List.of(Listing.of(Catalog.get("block-senders")));
  private RowFormat format = RowFormat.JSONL;
  private boolean gzip;
  private boolean named;
  private Duration maxOutage = Duration.ofSeconds(20);
  private Duration answerTimeout = Duration.ofSeconds(10);
  private QuotaLimits limits = QuotaLimits.unlimited();
  private Credential credential;
  private Clock clock = Clock.systemUTC();
  private @Nullable Retention retention;

  public ExportRig(Sandbox sandbox, Path root) {
    this.sandbox = sandbox;
    this.root = root;
    this.credential = Credential.token(sandbox.token());
  }

  public ExportRig of(Listing... these) {
    listings = List.of(these);
    return this;
  }

  public ExportRig ofEverything() {
    listings = Catalog.resources().stream().map(Listing::of).toList();
    return this;
  }

  /** The kinds of records are asked for by name. */
  ExportRig named() {
    named = true;
    return this;
  }

  public ExportRig as(RowFormat rows, boolean compressed) {
    format = rows;
    gzip = compressed;
    return this;
  }

  ExportRig maxOutage(Duration most) {
    maxOutage = most;
    return this;
  }

  ExportRig answerTimeout(Duration most) {
    answerTimeout = most;
    return this;
  }

  ExportRig announced(double reserve) {
    limits = new QuotaLimits(List.of(), List.of(Connection.CREDENTIAL_DEFAULT), reserve);
    return this;
  }

  ExportRig rate(String quota) {
    limits = new QuotaLimits(List.of(Quota.parse(quota)), List.of(), 0);
    return this;
  }

  ExportRig credential(Credential other) {
    credential = other;
    return this;
  }

  public ExportRig at(Clock other) {
    clock = other;
    return this;
  }

  public ExportRig keep(int snapshots) {
    retention = new Retention(snapshots);
    return this;
  }

  public ExportRequest request() {
    return new ExportRequest(listings, format, gzip, false, "test", named);
  }

  public AccountSession session() {
    ApiAccount account =
        new ApiAccount(URI.create(sandbox.baseUrl()), sandbox.account().id(), credential);
    TransportOptions transport =
        TransportOptions.defaults("test")
            .withAnswerTimeout(answerTimeout)
            .withNetwork(null, false, ProxySettings.NONE);
    return AccountSession.open(
        new Connection(account, limits, QuotaLimits.unlimited(), 16),
        transport,
        maxOutage,
        new Governors(Schedulers.parallel()),
        event -> {},
        stop);
  }

  public SnapshotExport.Result export() {
    return requireNonNull(
        Mono.usingWhen(
                Mono.fromSupplier(this::session),
                session ->
                    new SnapshotExport(session, request(), clock).run(root, retention, this::watch),
                AccountSession::close)
            .block(Duration.ofMinutes(2)));
  }

  /** Why lists were read again, in order. */
  List<String> moves() {
    return moves;
  }

  /** What a person would find in the directory, hidden names included. */
  public List<String> found() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void watch(RunEvent event) {
    if (event instanceof RunEvent.ListMoved moved) {
      moves.add(moved.why());
    }
  }
}
