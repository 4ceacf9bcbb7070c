package io.sluice.pipeline.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.catalog.KnownDomains;
import io.sluice.pipeline.insight.lint.LintRule;
import io.sluice.pipeline.insight.lint.PlanFindings;
import io.sluice.pipeline.insight.lint.Severity;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an import is about to write is looked at first, with what its plan has read. */
final class ImportLintTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().account("one").account("two").start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void findingsAreInThePlanAndTheRowsAreWritten() throws IOException {
    ImportResult result = rig("a").csv("pattern,comments\nco.uk,why\nx.test,\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(sandbox.account().count(LIST)).isEqualTo(2);
    PlanFindings found = lint(result);
    assertThat(found.rows()).isEqualTo(2);
    assertThat(found.counts())
        .containsEntry(LintRule.MATCHES_EVERYTHING, 1L)
        .containsEntry(LintRule.NO_COMMENT, 1L);
    assertThat(Objects.requireNonNull(result.plan()).json().at("/lint/errors").asInt()).isOne();
  }

  @Test
  void anErrorRefusesThePlanIfThatIsAskedForAndNothingIsSent() throws IOException {
    ImportResult result =
        rig("a").lint(LintChoice.REFUSE).csv("pattern,comments\nco.uk,why\nx.test,why\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(Objects.requireNonNull(result.failure()).code()).isEqualTo("lint_errors");
    assertThat(result.failure().message()).contains("matches-everything", "DOMAIN co.uk");
    assertThat(result.summary().counts().of(Outcome.UNPROCESSED)).isEqualTo(2);
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void aRehearsalIsRefusedAsTheRunWouldBe() throws IOException {
    ImportResult result =
        rig("a").dryRun().lint(LintChoice.REFUSE).csv("pattern,comments\nco.uk,why\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(lint(result).of(Severity.ERROR)).isOne();
  }

  @Test
  void whatIsSilencedAndWhatIsNoErrorRefusesNothing() throws IOException {
    ImportResult result =
        rig("a")
            .lint(LintChoice.REFUSE)
            .csv("pattern,comments\nco.uk,meant lint:matches-everything=ok\nx.test,\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(lint(result).silenced()).isOne();
  }

  @Test
  void theDomainsThatAProfileAddsCount() throws IOException {
    ImportResult result =
        rig("a")
            .knowing(Map.of(KnownDomains.SHARED_PROVIDERS, List.of("mailer.test")))
            .csv("pattern,comments\nmailer.test,why\n");

    assertThat(lint(result).counts()).containsEntry(LintRule.SHARED_PROVIDER, 1L);
  }

  @Test
  void rowsThatChangeNothingAreNotLookedAt() throws IOException {
    rig("a").csv("pattern,comments\nco.uk,why\n");
    ImportResult result =
        rig("b").lint(LintChoice.REFUSE).csv("pattern,comments\nco.uk,why\nx.test,why\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(lint(result).rows()).isOne();
    assertThat(lint(result).counts()).isEmpty();
  }

  @Test
  void aRowThatIsEditedIsLookedAtAsItWouldBe() throws IOException {
    rig("a").csv("pattern,comments\nco.uk,why\n");
    ImportResult result =
        rig("b").mode(Mode.UPDATE).lint(LintChoice.REFUSE).csv("pattern,comments\nco.uk,other\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void whatTheAccountHoldsIsComparedWithoutFurtherCalls() throws IOException {
    rig("a").csv("pattern,comments\nx.test,why\n");
    long before = sandbox.requestLog().total();
    ImportResult off = rig("b").dryRun().lint(LintChoice.OFF).csv("pattern,comments\na@x.test,w\n");
    long without = sandbox.requestLog().total() - before;
    ImportResult on = rig("c").dryRun().csv("pattern,comments\na@x.test,w\n");

    assertThat(sandbox.requestLog().total() - before).isEqualTo(2 * without);
    assertThat(Objects.requireNonNull(off.plan()).lint()).isNull();
    assertThat(lint(on).gaps()).contains("the account's allow-policies were not read (conflict)");
  }

  @Test
  void kindsThatAreRestoredTogetherAreCompared() throws IOException {
    rig("a")
        .of("allow-policies")
        .csv(
            "pattern,pattern_type,is_acceptable_sender,is_exempt_recipient,is_trusted_sender,"
                + "verify_sender,is_regex,comments\na@x.test,EMAIL,true,false,false,true,false,why\n");
    rig("b").csv("pattern,comments\na@x.test,why\n");
    TransferRig transfer = new TransferRig(sandbox, directory);
    Snapshot snapshot = transfer.export(sandbox.account());
    SandboxAccount empty = sandbox.account("two");

    SnapshotImport.Result result = transfer.restore(snapshot, empty, Mode.UPSERT);

    assertThat(
            result.parts().stream()
                .filter(part -> part.plan() != null && part.plan().lint() != null)
                .mapToLong(part -> lint(part).counts().getOrDefault(LintRule.CONFLICT, 0L))
                .sum())
        .isOne();
  }

  private static PlanFindings lint(ImportResult result) {
    return Objects.requireNonNull(Objects.requireNonNull(result.plan()).lint());
  }

  private ImportRig rig(String name) throws IOException {
    Path own = directory.resolve(name);
    Files.createDirectories(own);
    return new ImportRig(sandbox, own);
  }
}
