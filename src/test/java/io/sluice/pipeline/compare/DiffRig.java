package io.sluice.pipeline.compare;

import static java.util.Objects.requireNonNull;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.Connection;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.format.InputFormat;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.pipeline.imports.input.InputSource;
import io.sluice.plan.Origin;
import io.sluice.sandbox.Sandbox;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Comparisons, and what they told. */
final class DiffRig implements AutoCloseable {
  final List<Difference> differences = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final StopSignal stop = new StopSignal();
  private final Path directory;
  private final Path scratch;
  private final Governors governors = new Governors(Schedulers.parallel());
  private final List<AccountSession> sessions = new ArrayList<>();

  DiffRig(Path directory) throws IOException {
    this.directory = directory;
    this.scratch = Files.createTempDirectory(directory, "scratch");
  }

  /** Compares; what the comparison before this one told is forgotten. */
  List<ResourceDiff> compare(Side before, Side after, String... resources) throws IOException {
    differences.clear();
    warnings.clear();
    List<Resource> named = Stream.of(resources).map(Catalog::get).toList();
    List<ResourceDiff> results =
        requireNonNull(
            new Diff(DiffRequest.of(before, after, named), scratch, stop, this::watch)
                .run()
                .block(Duration.ofMinutes(2)));
    try (Stream<Path> left = Files.list(scratch)) {
      if (left.findAny().isPresent()) {
        throw new AssertionError("files are left in " + scratch);
      }
    }
    return results;
  }

  /** The comparison of one kind of records, which tells this rig. */
  RecordComparison comparison(Resource resource) {
    return new RecordComparison(resource, Origin.UNKNOWN, scratch, stop, this::watch);
  }

  List<Difference> of(Difference.Kind kind) {
    return differences.stream().filter(one -> one.kind() == kind).toList();
  }

  /** What differs, without the order in which it was told. */
  List<String> told() {
    return differences.stream()
        .map(one -> one.resource() + " " + one.key() + " " + one.diff())
        .sorted()
        .toList();
  }

  Side live(Sandbox sandbox) {
    return Side.account("profile:live", session(sandbox));
  }

  Side snapshot(Sandbox sandbox, RowFormat format, String... resources) {
    return Side.snapshot("snapshot", snapshotOf(sandbox, format, resources));
  }

  Snapshot snapshotOf(Sandbox sandbox, RowFormat format, String... resources) {
    List<Listing> listings =
        (resources.length == 0
                ? Catalog.resources().stream()
                : Stream.of(resources).map(Catalog::get))
            .map(Listing::of)
            .toList();
    return requireNonNull(
            new SnapshotExport(
                    session(sandbox),
                    new ExportRequest(listings, format, true, false, "test", false),
                    Clock.systemUTC())
                .run(directory.resolve("snapshots"), null, event -> {})
                .block(Duration.ofMinutes(1)))
        .snapshot();
  }

  /** A file of that name and text. */
  Side file(String name, String resource, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, text);
    return Side.file(
        name,
        InputSource.file(file, file)::open,
        InputFormat.ofFileName(name).orElseThrow(),
        Catalog.get(resource));
  }

  private AccountSession session(Sandbox sandbox) {
    ApiAccount account =
        new ApiAccount(
            URI.create(sandbox.baseUrl()),
            sandbox.account().id(),
            Credential.token(sandbox.token()));
    AccountSession session =
        AccountSession.open(
            new Connection(account, QuotaLimits.unlimited(), QuotaLimits.unlimited(), 8),
            TransportOptions.defaults("test").withNetwork(null, false, ProxySettings.NONE),
            Duration.ofSeconds(20),
            governors,
            event -> {},
            stop);
    sessions.add(session);
    return session;
  }

  private void watch(RunEvent event) {
    if (event instanceof RunEvent.DifferenceFound found) {
      differences.add(found.difference());
    } else if (event instanceof RunEvent.Note note) {
      notes.add(note.text());
    } else if (event instanceof RunEvent.Warning warning) {
      warnings.add(warning.text());
    }
  }

  @Override
  public void close() {
    Mono.when(sessions.stream().map(AccountSession::close).toList()).block(Duration.ofSeconds(10));
  }
}
