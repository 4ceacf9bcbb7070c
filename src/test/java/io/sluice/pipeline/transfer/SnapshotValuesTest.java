package io.sluice.pipeline.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.format.RowFormat;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.ImportOptions;
import io.sluice.pipeline.imports.PlanSummary;
import io.sluice.pipeline.imports.TransferRig;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import io.sluice.sandbox.SandboxAccount;
import io.sluice.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a snapshot holds and that are easily lost without a word. */
final class SnapshotValuesTest {
  private static final String OTHER = "00000000000000000000000000000002";

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

  @ParameterizedTest
  @EnumSource(RowFormat.class)
  void aCommentThatTheSnapshotLacksIsTakenAway(RowFormat format) {
    SandboxAccount account = sandbox.account();
    account.add("block_senders", sender("a.example").putNull("comments"));
    Snapshot snapshot = rig.export(account, format);
    ObjectNode sender = account.records("block_senders").get(0);
    account.remove("block_senders", sender.path("id").asString());
    account.add("block_senders", sender.put("comments", "changed since"));

    SnapshotImport.Result result = rig.restore(snapshot, account, Mode.UPSERT);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertThat(account.records("block_senders").get(0).get("comments").isNull()).isTrue();
    sandbox.requestLog().reset();
    rig.restore(rig.export(account, format), account, Mode.MIRROR);
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void fieldsOfNoKnownNameAreLeftOutWithAWarning() {
    SandboxAccount source = sandbox.account();
    source.add("block_senders", sender("a.example").put("x_future", 1));
    source.add("block_senders", sender("b.example").put("comments", "M\u00c3\u00bcller"));

    SnapshotImport.Result result =
        rig.restore(rig.export(source), sandbox.account(OTHER), Mode.UPSERT);

    assertThat(result.warnings())
        .containsExactly(
            "block-senders: line 1: 'x_future' is no field of block-senders that this version"
                + " knows; it is left out");
  }

  @Test
  void anEndThatCannotBeWrittenIsToldBeforeItIsLeftBehind() {
    SandboxAccount source = sandbox.account();
    SandboxAccount target = sandbox.account(OTHER);
    source.add("content_policies", policy("ends").put("expires_at", "2031-12-31T00:00:00Z"));
    source.add("content_policies", policy("stays").putNull("expires_at"));

    rig.restore(rig.export(source), target, Mode.UPSERT);
    rig.restore(rig.export(source), target, Mode.UPSERT);

    assertThat(rig.asked.get(0))
        .extracting(PlanSummary::leftBehind)
        .contains(Map.of("expires_at", 1L));
    assertThat(target.records("content_policies"))
        .hasSize(2)
        .allMatch(policy -> policy.path("expires_at").isNull());
    assertThat(rig.asked.get(1)).allMatch(plan -> plan.leftBehind().isEmpty());
  }

  @Test
  void rowsThatCannotBeSkippedHereAreSaidToBeSkippedByAnImport() {
    SandboxAccount source = sandbox.account();
    source.add("block_senders", sender("a.example").put("comments", "[sluice expires=never]"));
    ImportOptions owned =
        new ImportOptions(null, null, false, null, null, false, null, null, "feed", null, null);

    SnapshotImport.Result result =
        rig.restore(
            rig.export(source).narrowedTo(entry -> entry.resource().equals("block-senders")),
            sandbox.account(OTHER),
            owned);

    assertThat(result.causes().keySet())
        .extracting(Failure::hint)
        .containsExactly(
            "correct these records where they come from, or bring block-senders over with"
                + " 'import', which can go on without them (--skip-invalid)");
  }

  private static ObjectNode sender(String pattern) {
    ObjectNode sender = JsonNodeFactory.instance.objectNode().put("pattern", pattern);
    return sender.put("pattern_type", "DOMAIN").put("is_regex", false);
  }

  private static ObjectNode policy(String name) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("name", name);
    policy.put("pattern", "urgent").put("enabled", true).putArray("targets").add("BODY");
    return policy;
  }
}
