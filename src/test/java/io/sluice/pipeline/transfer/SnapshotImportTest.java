package io.sluice.pipeline.transfer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.TransferRig;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import io.sluice.sandbox.RequestLog;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import io.sluice.sandbox.fault.Faults;
import io.sluice.snapshot.ResourceEntry;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Whole accounts, put back and carried over. */
final class SnapshotImportTest {
  private static final String OTHER = "00000000000000000000000000000002";
  private static final List<String> MADE = TransferRig.MADE;

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox =
      Sandbox.builder().account("00000000000000000000000000000001").account(OTHER).start();
  private TransferRig rig = new TransferRig(sandbox, Path.of(""));

  @BeforeEach
  void prepare() {
    rig = new TransferRig(sandbox, directory);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void whatWasWipedIsPutBack() {
    SandboxAccount account = sandbox.account();
    MADE.forEach(resource -> account.seed(resource, 300));
    account.seed("domains", 5);
    Map<String, List<String>> before = TransferRig.content(account);
    Snapshot snapshot = rig.export(account);
    TransferRig.wipe(account);

    SnapshotImport.Result result = rig.restore(snapshot, account, Mode.UPSERT);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(TransferRig.content(account)).isEqualTo(before);
    assertThat(rig.restore(snapshot, account, Mode.UPSERT).summary().parts())
        .allSatisfy(part -> assertThat(part.counts().of(Outcome.UNCHANGED)).isEqualTo(part.rows()));
  }

  @Test
  void anotherAccountBecomesTheSameInAllThatCanTravel() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.seedAwkward();
    MADE.forEach(resource -> source.seed(resource, 400));
    target.seed("block_senders", 50);

    SnapshotImport.Result first = rig.restore(rig.export(source), target, Mode.MIRROR);
    assertThat(first.parts()).allSatisfy(part -> assertThat(part.summary().failures()).isEmpty());
    assertThat(first.summary().exit()).isEqualTo(ExitCode.OK);

    sandbox.requestLog().reset();
    SnapshotImport.Result again = rig.restore(rig.export(source), target, Mode.MIRROR);
    assertThat(again.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(sandbox.requestLog().writes()).isZero();
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
    Snapshot snapshot = rig.export(source);
    sandbox.requestLog().reset();
    rig.restore(snapshot, target, Mode.MIRROR);

    List<String> writes =
        sandbox.requestLog().calls().stream()
            .filter(call -> !call.method().equals("GET"))
            .map(RequestLog.Call::path)
            .toList();
    assertThat(writes).first().asString().contains("block_senders");
    assertThat(writes).last().asString().contains("block_senders");
    assertThat(rig.asked).hasSize(1);
    assertThat(rig.asked.get(0)).hasSize(8);
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
    Map<String, List<String>> before = TransferRig.content(target);

    SnapshotImport.Result mirrored = rig.restore(rig.export(source), target, Mode.MIRROR);
    assertThat(TransferRig.content(target)).isNotEqualTo(before);
    Snapshot saved = Snapshot.open(requireNonNull(mirrored.safety()));
    assertThat(saved.manifest().resources())
        .extracting(ResourceEntry::resource)
        .containsExactlyInAnyOrder("block-senders", "trusted-domains");

    SnapshotImport.Result undone = rig.restore(saved, target, Mode.MIRROR);
    assertThat(undone.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(TransferRig.content(target)).isEqualTo(before);
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

    rig.restore(rig.export(source), target, Mode.UPSERT);

    assertThat(rig.asked.get(0))
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
    Snapshot snapshot = rig.export(source);
    sandbox.requestLog().reset();

    SnapshotImport.Result result = rig.restore(snapshot, target, Mode.MIRROR, null);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.requestLog().writes()).isZero();
    assertThat(rig.asked).isEmpty();
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
    Snapshot snapshot = rig.export(source);
    moving.remove();
    assertThat(snapshot.manifest().consistent()).isFalse();

    SnapshotImport.Result refused = rig.restore(snapshot, target, Mode.MIRROR);
    assertThat(refused.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(sandbox.requestLog().writes()).isZero();

    SnapshotImport.Result done = rig.restore(snapshot, target, Mode.UPSERT);
    assertThat(done.summary().exit()).isEqualTo(ExitCode.DIFFERENT);
    assertThat(done.summary().json().path("consistent").booleanValue()).isFalse();
    assertThat(TransferRig.content(target)).isEqualTo(TransferRig.content(source));
  }

  @Test
  void faultsLoseNothingAndMakeNothingTwice() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    MADE.forEach(resource -> source.seed(resource, 200));
    Snapshot snapshot = rig.export(source);
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
    SnapshotImport.Result result = rig.restore(snapshot, target, Mode.UPSERT);

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
    Snapshot snapshot = rig.export(source);
    sandbox
        .faults()
        .when(request -> !request.method().equals("GET"))
        .skip(1)
        .then(Fault.status(401, 10000, "Authentication error"));
    SnapshotImport.Result result = rig.restore(snapshot, target, Mode.UPSERT);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(target.count("allow_policies")).isZero();
    assertThat(result.summary().parts()).hasSize(8);
    long rows = result.summary().parts().stream().mapToLong(Summary::rows).sum();
    assertThat(rows).isEqualTo(30L * MADE.size());
  }
}
