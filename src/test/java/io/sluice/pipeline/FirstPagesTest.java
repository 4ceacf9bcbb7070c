package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.api.Credential;
import io.sluice.catalog.Catalog;
import io.sluice.catalog.Resource;
import io.sluice.pipeline.exports.SnapshotExportTest;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.RequestLog;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.fault.Fault;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of records are read one after the other, but their first pages come together. */
final class FirstPagesTest {
  private static final String FIRST = "allow_policies";
  private static final String LATER = "block_senders";
  private static final Duration LATE = Duration.ofMillis(300);

  @TempDir private Path root = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private ExportRig rig() {
    return new ExportRig(sandbox, root).ofEverything();
  }

  /** The lists in the order in which they were answered, the first page of each. */
  private List<String> answered() {
    return sandbox.requestLog().calls().stream()
        .map(RequestLog.Call::path)
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
  }

  @Test
  void oneThatIsLateKeepsNoOtherWaiting() {
    sandbox.faults().onPage(LATER, 1).times(1).then(Fault.delay(LATE));
    rig().export();
    assertThat(answered()).hasSameSizeAs(Catalog.resources()).doesNotHaveDuplicates();
    assertThat(answered()).startsWith(FIRST).endsWith(LATER);
  }

  @Test
  void nothingElseIsAskedForBeforeTheFirstAnswer() {
    Throwable refused = catchThrowable(() -> rig().credential(Credential.token("no")).export());
    assertThat(Diagnosis.of(refused).exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(sandbox.requestLog().total()).isEqualTo(1);
  }

  @Test
  void aListThatMovesBeforeItsTurnIsReadAgain() throws IOException {
    sandbox.account().seed(FIRST, 2_500);
    sandbox.account().seed(LATER, 2_500);
    // The later list's first page is here by the time that the first list is read again.
    sandbox
        .faults()
        .onPage(FIRST, 3)
        .skip(1)
        .times(1)
        .then(
            Fault.then(
                account -> {
                  account.remove(LATER, account.records(LATER).get(0).get("id").stringValue());
                  account.seed(LATER, 1);
                }));
    ExportRig rig = rig();
    Snapshot snapshot = rig.export().snapshot();
    assertThat(rig.moves()).hasSize(1);
    assertThat(snapshot.manifest().consistent()).isTrue();
    for (Resource resource : List.of(Catalog.get(FIRST), Catalog.get(LATER))) {
      assertThat(SnapshotExportTest.lines(snapshot, resource))
          .isEqualTo(SnapshotExportTest.records(sandbox, resource));
    }
  }

  @Test
  void aRefusalIsThatOfTheKindWhoseTurnItIs() throws IOException {
    sandbox.faults().onList(LATER).then(Fault.status(403, 9109, "no"));
    Failure failure = Diagnosis.of(catchThrowable(() -> rig().export()));
    assertThat(failure.exit()).isEqualTo(ExitCode.NOT_PERMITTED);
    assertThat(rig().found()).containsExactly(".sluice.lock");
  }
}
