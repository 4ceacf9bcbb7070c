package io.sluice.pipeline.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.report.Summary;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that lack kinds of records, restored into and carried over. */
final class UnavailableImportTest {
  private static final String OTHER = "00000000000000000000000000000002";
  private static final List<String> BY_PACKAGE =
      List.of("content_policies", "sending_domain_restrictions", "url_ignore_patterns");

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox =
      Sandbox.builder().account("00000000000000000000000000000001").account(OTHER).start();
  private final SandboxAccount source = sandbox.account();
  private final SandboxAccount target = sandbox.account(OTHER);
  private TransferRig rig = new TransferRig(sandbox, Path.of(""));

  @BeforeEach
  void prepare() {
    rig = new TransferRig(sandbox, directory);
    TransferRig.MADE.forEach(resource -> source.seed(resource, 40));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void whatTheTargetLacksIsSkippedWithTheReasonAndAllElseIsDone() throws Exception {
    BY_PACKAGE.forEach(target::lacks);
    SnapshotImport.Result result = rig.restore(rig.export(source), target, Mode.MIRROR);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    for (ImportResult part : result.parts()) {
      Summary summary = part.summary();
      boolean lacking = BY_PACKAGE.contains(summary.resource());
      assertThat(summary.counts().of(Outcome.SKIPPED)).isEqualTo(lacking ? 40 : 0);
      if (lacking) {
        assertThat(Files.readString(part.directory().resolve("report.csv")))
            .contains("unavailable_kind", "the account does not offer such records (HTTP 403");
      }
    }
    for (String resource : TransferRig.MADE) {
      assertThat(target.count(resource)).isEqualTo(BY_PACKAGE.contains(resource) ? 0 : 40);
    }
  }

  @Test
  void whatTheSourceLacksIsLeftAloneByAMirror() {
    BY_PACKAGE.forEach(source::lacks);
    BY_PACKAGE.forEach(resource -> target.seed(resource, 25));
    target.seed("block_senders", 60);
    Snapshot snapshot = rig.export(source);
    SnapshotImport.Result result = rig.restore(snapshot, target, Mode.MIRROR);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    BY_PACKAGE.forEach(resource -> assertThat(target.count(resource)).isEqualTo(25));
    assertThat(target.count("block_senders")).isEqualTo(40);
  }

  @Test
  void aLackingAccountOnBothSidesIsNoTrouble() {
    BY_PACKAGE.forEach(source::lacks);
    BY_PACKAGE.forEach(target::lacks);
    SnapshotImport.Result result = rig.restore(rig.export(source), target, Mode.MIRROR);
    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(result.summary().parts())
        .allSatisfy(part -> assertThat(part.counts().of(Outcome.SKIPPED)).isZero());
  }

  @Test
  void aPackageThatEndsInMidRunStopsItAndDeletesNothing() {
    rig.restore(rig.export(source), target, Mode.MIRROR);
    source.seed("content_policies", 5);
    source.remove("block_senders", source.records("block_senders").get(0).path("id").asString());
    Snapshot snapshot = rig.export(source);
    sandbox.faults().onCreate("content_policies").then(Fault.status(403, 1011, "gone"));

    SnapshotImport.Result result = rig.restore(snapshot, target, Mode.MIRROR);
    assertThat(result.summary().exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(target.count("content_policies")).isEqualTo(40);
    assertThat(target.count("block_senders")).isEqualTo(40);
  }

  @Test
  void aKindThatWasNamedIsAnError() {
    target.lacks("content_policies");
    Snapshot snapshot = rig.export(source);
    Throwable error = catchThrowable(() -> rig.restoreNamed(snapshot, target, "content-policies"));
    assertThat(Diagnosis.of(error).exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(Diagnosis.of(error).code()).isEqualTo("unavailable_kind");
  }

  @Test
  void kindsThatAreAllLackingAreAnErrorThoughNoneWasNamed() {
    BY_PACKAGE.forEach(target::lacks);
    Snapshot snapshot = rig.export(source);
    Throwable error =
        catchThrowable(
            () -> rig.restoreAlone(snapshot, target, "content-policies", "url-ignore-patterns"));
    assertThat(Diagnosis.of(error).exit()).isEqualTo(ExitCode.NOT_PERMITTED);
  }
}
