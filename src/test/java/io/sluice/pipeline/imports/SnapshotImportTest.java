package io.sluice.pipeline.imports;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiAccount;
import io.sluice.api.Credential;
import io.sluice.api.Listing;
import io.sluice.api.ProxySettings;
import io.sluice.api.TransportOptions;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.catalog.Validation.Level;
import io.sluice.config.Connection;
import io.sluice.flow.Outage;
import io.sluice.flow.QuotaLimits;
import io.sluice.format.InputFormat;
import io.sluice.format.InputOptions;
import io.sluice.format.RowFormat;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.ExportProgress;
import io.sluice.pipeline.ExportRequest;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.SnapshotExport;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.input.CheckRequest;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.RunId;
import io.sluice.report.Summary;
import io.sluice.sandbox.Fault;
import io.sluice.sandbox.Faults;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.Traffic;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Whole accounts, put back and carried over. */
final class SnapshotImportTest {
  private static final String OTHER = "00000000000000000000000000000002";
  private static final List<String> MADE =
      List.of("allow_policies", "block_senders", "impersonation_registry", "trusted_domains");

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox =
      Sandbox.builder().account("00000000000000000000000000000001").account(OTHER).start();
  private final StopSignal stop = new StopSignal();
  private final List<List<PlanSummary>> asked = new ArrayList<>();
  private int runs;

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void whatWasWipedIsPutBack() {
    SandboxAccount account = sandbox.account();
    MADE.forEach(resource -> account.seed(resource, 300));
    account.seed("domains", 5);
    Map<String, List<String>> before = content(account);
    Snapshot snapshot = export(account);
    wipe(account);

    SnapshotImport.Result result = restore(snapshot, account, Mode.UPSERT);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(content(account)).isEqualTo(before);
    assertThat(restore(snapshot, account, Mode.UPSERT).summary().parts())
        .allSatisfy(part -> assertThat(part.counts().of(Outcome.UNCHANGED)).isEqualTo(part.rows()));
  }

  @Test
  void anotherAccountBecomesTheSameInAllThatCanTravel() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.seedAwkward();
    MADE.forEach(resource -> source.seed(resource, 400));
    target.seed("block_senders", 50);

    SnapshotImport.Result first = restore(export(source), target, Mode.MIRROR);
    assertThat(first.parts()).allSatisfy(part -> assertThat(part.summary().failures()).isEmpty());
    assertThat(first.summary().exit()).isEqualTo(ExitCode.OK);

    sandbox.traffic().reset();
    SnapshotImport.Result again = restore(export(source), target, Mode.MIRROR);
    assertThat(again.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(sandbox.traffic().writes()).isZero();
  }

  @Test
  void protectionComesFirstAndDeletesComeLast() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.seed("block_senders", 30);
    source.seed("allow_policies", 30);
    target.seed("block_senders", 60);
    target.seed("allow_policies", 60);
    target.remove("block_senders", target.records("block_senders").get(0).path("id").asString());
    Snapshot snapshot = export(source);
    sandbox.traffic().reset();
    restore(snapshot, target, Mode.MIRROR);

    List<String> writes =
        sandbox.traffic().calls().stream()
            .filter(call -> !call.method().equals("GET"))
            .map(Traffic.Call::path)
            .toList();
    assertThat(writes).first().asString().contains("block_senders");
    assertThat(writes).last().asString().contains("block_senders");
    assertThat(asked).hasSize(1);
    assertThat(asked.get(0)).hasSize(5);
  }

  @Test
  void whatAMirrorDidIsUndoneWithOneSnapshot() throws IOException {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.seed("block_senders", 30);
    source.seed("allow_policies", 10);
    target.seed("block_senders", 60);
    target.seed("trusted_domains", 20);
    target.seed("allow_policies", 10);
    target.remove("block_senders", target.records("block_senders").get(0).path("id").asString());
    source.seed("trusted_domains", 1);
    Map<String, List<String>> before = content(target);

    SnapshotImport.Result mirrored = restore(export(source), target, Mode.MIRROR);
    assertThat(content(target)).isNotEqualTo(before);
    Snapshot saved = Snapshot.open(requireNonNull(mirrored.safety()));
    assertThat(saved.manifest().resources())
        .extracting(ResourceEntry::resource)
        .containsExactlyInAnyOrder("block-senders", "trusted-domains");

    SnapshotImport.Result undone = restore(saved, target, Mode.MIRROR);
    assertThat(undone.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(content(target)).isEqualTo(before);
  }

  @Test
  void whatBelongsToTheSourceAloneIsToldBeforeItIsLeftBehind() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.seed("domains", 5);
    target.seed("domains", 5);
    ObjectNode domain = source.records("domains").get(0);
    source.remove("domains", domain.path("id").asString());
    source.add("domains", domain.put("integration_id", "of-the-source"));

    restore(export(source), target, Mode.UPSERT);

    assertThat(asked.get(0))
        .extracting(PlanSummary::leftBehind)
        .contains(Map.of("integration_id", 1L));
    assertThat(target.records("domains"))
        .noneMatch(d -> d.path("integration_id").asString("").equals("of-the-source"));
  }

  @Test
  void aRefusedPartKeepsTheOthersFromChangingAnything() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.seed("block_senders", 30);
    target.seed("trusted_domains", 200);
    Snapshot snapshot = export(source);
    sandbox.traffic().reset();

    SnapshotImport.Result result = restore(snapshot, target, Mode.MIRROR, Limit.DELETES);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.traffic().writes()).isZero();
    assertThat(asked).isEmpty();
  }

  @Test
  void whatMayLackRecordsIsCarriedOverButNotAllWell() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    MADE.forEach(resource -> source.seed(resource, 30));
    Faults.Rule moving =
        sandbox
            .faults()
            .when(request -> request.isList() && request.path().contains("block_senders"))
            .then(Fault.total(99));
    Snapshot snapshot = export(source);
    moving.remove();
    assertThat(snapshot.manifest().consistent()).isFalse();

    SnapshotImport.Result refused = restore(snapshot, target, Mode.MIRROR);
    assertThat(refused.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.traffic().writes()).isZero();

    SnapshotImport.Result done = restore(snapshot, target, Mode.UPSERT);
    assertThat(done.summary().exit()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(done.summary().json().path("consistent").booleanValue()).isFalse();
    assertThat(content(target)).isEqualTo(content(source));
  }

  @Test
  void faultsLoseNothingAndMakeNothingTwice() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    MADE.forEach(resource -> source.seed(resource, 200));
    Snapshot snapshot = export(source);
    sandbox
        .faults()
        .everywhere()
        .share(0.1)
        .thenOneOf(
            Fault.status(503),
            Fault.status(503).afterEffect(),
            Fault.html(520),
            Fault.reset().afterEffect(),
            Fault.truncated());
    SnapshotImport.Result result = restore(snapshot, target, Mode.UPSERT);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    for (String resource : MADE) {
      assertThat(target.count(resource)).isEqualTo(source.count(resource));
      assertThat(target.creations(resource).values()).containsOnly(1);
    }
  }

  @Test
  void oneThatIsStoppedKeepsTheNextFromBeginning() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    MADE.forEach(resource -> source.seed(resource, 30));
    Snapshot snapshot = export(source);
    sandbox
        .faults()
        .when(request -> !request.method().equals("GET"))
        .skip(1)
        .then(Fault.status(401, 10000, "Authentication error"));
    SnapshotImport.Result result = restore(snapshot, target, Mode.UPSERT);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(target.count("allow_policies")).isZero();
    assertThat(result.summary().parts()).hasSize(5);
    long rows = result.summary().parts().stream().mapToLong(Summary::rows).sum();
    assertThat(rows).isEqualTo(120);
  }

  private SnapshotImport.Result restore(Snapshot snapshot, SandboxAccount to, Mode mode) {
    return restore(snapshot, to, mode, Limit.parse("100%"));
  }

  private SnapshotImport.Result restore(
      Snapshot snapshot, SandboxAccount to, Mode mode, Limit deletes) {
    List<SnapshotImport.Part> parts =
        snapshot.manifest().resources().stream()
            .map(entry -> part(snapshot, entry, to, mode, deletes))
            .toList();
    Path results = directory.resolve("results" + runs++);
    return with(
        to,
        session ->
            new SnapshotImport(
                    session,
                    resource -> new ImportListener() {},
                    plans -> {
                      asked.add(plans);
                      return Mono.just(true);
                    },
                    stop,
                    Clock.systemUTC())
                .run(RunId.at(Instant.now()), snapshot, parts, results, false));
  }

  private static SnapshotImport.Part part(
      Snapshot snapshot, ResourceEntry entry, SandboxAccount to, Mode mode, Limit deletes) {
    Resource resource = Catalog.get(entry.resource());
    InputOrigin origin = InputOrigin.of(snapshot, entry, to.id());
    CheckRequest rows =
        new CheckRequest(resource, InputOptions.of(InputFormat.JSONL), Level.OFF, mode);
    return new SnapshotImport.Part(
        entry,
        new ImportRequest(
            rows,
            false,
            mode,
            Strategy.AUTO,
            origin.origin(),
            origin.partial(),
            false,
            deletes,
            null,
            false,
            true,
            "test"));
  }

  private Snapshot export(SandboxAccount account) {
    ExportRequest all =
        new ExportRequest(
            Catalog.resources().stream().map(Listing::of).toList(),
            RowFormat.JSONL,
            false,
            false,
            "test",
            false);
    return with(
            account,
            session ->
                new SnapshotExport(session, all, Clock.systemUTC())
                    .run(directory.resolve("backups"), null, ExportProgress.none()))
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
                            Outage.Listener.none(),
                            stop)),
                work,
                AccountSession::close)
            .block(Duration.ofMinutes(2)));
  }

  private static void wipe(SandboxAccount account) {
    for (String resource : MADE) {
      for (ObjectNode record : account.records(resource)) {
        account.remove(resource, record.path("id").asString());
      }
    }
  }

  /** What an account holds, without what the API makes up. */
  private static Map<String, List<String>> content(SandboxAccount account) {
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
