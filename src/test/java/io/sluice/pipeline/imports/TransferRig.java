package io.sluice.pipeline.imports;

import static java.util.Objects.requireNonNull;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.transport.ProxySettings;
import io.sluice.api.transport.TransportOptions;
import io.sluice.catalog.Ability;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.config.Connection;
import io.sluice.flow.quota.QuotaLimits;
import io.sluice.format.OptionNames;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.plan.Mode;
import io.sluice.report.RunId;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Accounts of a sandbox that are exported, emptied, and restored into. */
public final class TransferRig {
  /** The kinds of records that a client can make. */
  public static final List<String> MADE =
      Catalog.resources().stream()
          .filter(resource -> resource.can(Ability.CREATE))
          .map(Resource::name)
          .toList();

  public final List<List<PlanSummary>> asked = new ArrayList<>();
  final StopSignal stop = new StopSignal();
  private final Sandbox sandbox;
  private final Path directory;
  private int runs;

  public TransferRig(Sandbox sandbox, Path directory) {
    this.sandbox = sandbox;
    this.directory = directory;
  }

  public SnapshotImport.Result restore(Snapshot snapshot, SandboxAccount to, Mode mode) {
    return restore(snapshot, to, mode, "100%");
  }

  public SnapshotImport.Result restore(
      Snapshot snapshot, SandboxAccount to, Mode mode, @Nullable String deletes) {
    return restore(to, parts(snapshot, snapshot.manifest().resources(), to, mode, deletes, false));
  }

  /** Restores with any options. */
  public SnapshotImport.Result restore(
      Snapshot snapshot, SandboxAccount to, ImportOptions options) {
    return restore(to, parts(snapshot, snapshot.manifest().resources(), to, options, false));
  }

  /** Restores kinds of records that are asked for by name. */
  SnapshotImport.Result restoreNamed(Snapshot snapshot, SandboxAccount to, String... kinds) {
    return restore(to, parts(snapshot, entries(snapshot, kinds), to, Mode.UPSERT, null, true));
  }

  /** Restores a snapshot that holds some kinds of records alone. */
  SnapshotImport.Result restoreAlone(Snapshot snapshot, SandboxAccount to, String... kinds) {
    return restore(to, parts(snapshot, entries(snapshot, kinds), to, Mode.UPSERT, null, false));
  }

  private static List<ResourceEntry> entries(Snapshot snapshot, String... kinds) {
    return snapshot.manifest().resources().stream()
        .filter(entry -> List.of(kinds).contains(entry.resource()))
        .toList();
  }

  private SnapshotImport.Result restore(SandboxAccount to, List<SnapshotImport.Part> parts) {
    Path results = directory.resolve("results" + runs++);
    return with(
        to,
        session ->
            new SnapshotImport(
                    session,
                    event -> {},
                    plans -> {
                      asked.add(plans);
                      return Mono.just(true);
                    },
                    stop,
                    Clock.systemUTC(),
                    null)
                .run(RunId.at(Instant.now()), parts, results, false));
  }

  private static List<SnapshotImport.Part> parts(
      Snapshot snapshot,
      List<ResourceEntry> entries,
      SandboxAccount to,
      Mode mode,
      @Nullable String deletes,
      boolean named) {
    ImportOptions options =
        new ImportOptions(mode.label(), null, false, deletes, null, false, null);
    return parts(snapshot, entries, to, options, named);
  }

  private static List<SnapshotImport.Part> parts(
      Snapshot snapshot,
      List<ResourceEntry> entries,
      SandboxAccount to,
      ImportOptions options,
      boolean named) {
    return SnapshotImport.Part.all(
        snapshot, entries, to.id(), named, options, "test", OptionNames.COMMAND_LINE);
  }

  public Snapshot export(SandboxAccount account) {
    return export(account, RowFormat.JSONL);
  }

  public Snapshot export(SandboxAccount account, RowFormat format) {
    ExportRequest all =
        new ExportRequest(
            Catalog.resources().stream().map(Listing::of).toList(),
            format,
            false,
            false,
            "test",
            false);
    return with(
            account,
            session ->
                new SnapshotExport(session, all, Clock.systemUTC())
                    .run(directory.resolve("backups"), null, event -> {}))
        .snapshot();
  }

  private <T> T with(
      SandboxAccount account, java.util.function.Function<AccountSession, Mono<T>> work) {
    ApiAccount api =
        new ApiAccount(
            URI.create(sandbox.baseUrl()), account.id(), Credential.token(sandbox.token()));
    TransportOptions transport =
        TransportOptions.defaults("test").withNetwork(null, false, ProxySettings.NONE);
    return requireNonNull(
        Mono.usingWhen(
                Mono.fromSupplier(
                    () ->
                        AccountSession.open(
                            new Connection(
                                api, QuotaLimits.unlimited(), QuotaLimits.unlimited(), 16),
                            transport,
                            Duration.ofSeconds(30),
                            new Governors(Schedulers.parallel()),
                            event -> {},
                            stop)),
                work,
                AccountSession::close)
            .block(Duration.ofMinutes(2)));
  }

  public static void wipe(SandboxAccount account) {
    for (String resource : MADE) {
      for (ObjectNode record : account.records(resource)) {
        account.remove(resource, record.path("id").asString());
      }
    }
  }

  /** What an account holds, without what the API makes up. */
  public static Map<String, List<String>> content(SandboxAccount account) {
    Map<String, List<String>> content = new TreeMap<>();
    for (String resource : MADE) {
      content.put(
          resource,
          account.records(resource).stream()
              .filter(record -> !record.path("pattern_type").asString("").equals("UNKNOWN"))
              .filter(
                  record ->
                      List.of("", "A1S_INTERNAL").contains(record.path("provenance").asString("")))
              .map(record -> written(resource, record))
              .sorted()
              .toList());
    }
    return content;
  }

  private static String written(String resource, ObjectNode record) {
    Map<String, String> fields = new TreeMap<>();
    Catalog.get(resource).fields().stream()
        .filter(io.sluice.catalog.Field::writable)
        .filter(field -> !field.is(io.sluice.catalog.Trait.ACCOUNT_BOUND))
        .forEach(
            field -> {
              var value = field.in(record);
              if (value != null && !value.isNull() && !value.toString().equals("false")) {
                fields.put(field.path(), value.toString());
              }
            });
    return fields.toString();
  }
}
