package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Mode;
import io.sluice.plan.Step;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A saved plan keeps to the owners and the ends of records, as the run that it was made for. */
final class SavedOwnerPlanTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private int runs;

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void theChangesThatAreShownAreThoseThatAreMade() throws IOException {
    hold("a.example", "old [sluice owner=feed-x expires=2030-01-01]");
    rig()
        .owner("feed-x", null, "2031-01-01")
        .saving(plan())
        .csv("pattern,comments\na.example,new\n");

    ImportRig rig = rig().dryRun();
    rig.apply(plan());

    assertThat(rig.planned).hasSize(1);
    assertThat(((Step.Edit) rig.planned.get(0)).changes().get(0).after().asString())
        .isEqualTo("new [sluice owner=feed-x expires=2031-01-01]");
  }

  @Test
  void deletesAreMeasuredByTheOwnersRecordsAndCountedByOwner() throws IOException {
    for (int i = 0; i < 100; i++) {
      hold("other" + i + ".example", "by hand");
    }
    for (int i = 0; i < 12; i++) {
      hold("mine" + i + ".example", "[sluice owner=feed-x]");
    }
    mirror().maxDeletes("95%").saving(plan()).csv("pattern\nmine0.example\n");

    ImportRig rig = rig();
    ImportResult refused = rig.maxDeletes("50%").apply(plan());

    assertThat(refused.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(String.valueOf(refused.failure())).contains("11 of 12 records of feed-x");
    assertThat(rig.plans.get(0).deletesOf()).containsExactly(Map.entry("feed-x", 11L));
    assertThat(sandbox.account().count(LIST)).isEqualTo(112);
    assertThat(rig().apply(plan()).summary().deletes().of(DELETED)).isEqualTo(11);
  }

  @Test
  void aRecordThatComesToAnotherOwnerBeforeTheDeletesStays() throws IOException {
    hold("a.example", "[sluice owner=feed-x]");
    ObjectNode taken = hold("b.example", "[sluice owner=feed-x]");
    mirror().maxDeletes("100%").saving(plan()).csv("pattern\nc.example\n");
    ImportRig rig =
        rig()
            .confirmedBy(
                plans -> {
                  sandbox.account().remove(LIST, taken.path("id").asString());
                  sandbox.account().add(LIST, taken.put("comments", "[sluice owner=feed-y]"));
                  return Mono.just(true);
                });

    ImportResult result = rig.apply(plan());

    assertThat(result.summary().deletes().of(DELETED)).isOne();
    assertThat(rig.report()).anyMatch(row -> row.get("code").equals("held_by"));
  }

  @Test
  void aRecordWhoseOwnFieldEndsItOtherwiseHasMoved() throws IOException {
    String kind = "content_policies";
    ObjectNode policy = policy("2026-01-31T00:00:00Z");
    sandbox.account().add(kind, policy);
    rig()
        .of("content-policies")
        .mode(Mode.DELETE)
        .maxDeletes("100%")
        .saving(plan())
        .csv("name\ninvoices\n");
    sandbox.account().remove(kind, policy.path("id").asString());
    sandbox.account().add(kind, policy("2031-01-31T00:00:00Z"));

    ImportRig rig = rig();
    ImportResult result = rig.apply(plan());

    assertCounts(result, SKIPPED, 1);
    assertThat(rig.report().get(0).get("message"))
        .isEqualTo(
            "the record is not as it was planned: its last day was 2026-01-31 and is 2031-01-31");
  }

  @Test
  void aDayForARecordThatHasAnEndOfItsOwnIsCounted() throws IOException {
    sandbox.account().add("content_policies", policy("2031-01-31T00:00:00Z"));

    ImportRig rig = rig().of("content-policies").owner(null, null, "2030-12-31");
    rig.csv("name,pattern,targets,enabled\ninvoices,invoice,SUBJECT,true\nother,x,BODY,true\n");

    assertThat(rig.plans.get(0).leftBehind()).containsExactly(Map.entry("expires", 1L));
  }

  private static ObjectNode policy(String end) {
    ObjectNode policy = JsonMapper.builder().build().createObjectNode();
    policy.put("id", "11111111-2222-4333-8444-555555555555").put("name", "invoices");
    policy.put("pattern", "invoice").put("enabled", true).put("expires_at", end);
    policy.putArray("targets").add("SUBJECT");
    return policy;
  }

  private Path plan() {
    return directory.resolve("the.plan");
  }

  private ImportRig mirror() throws IOException {
    return rig().owner("feed-x", null, null).mode(Mode.MIRROR);
  }

  private ImportRig rig() throws IOException {
    Path own = directory.resolve("run" + runs++);
    Files.createDirectories(own);
    return new ImportRig(sandbox, own);
  }

  private ObjectNode hold(String pattern, String comment) {
    sandbox.account().add(LIST, BlockedDomain.of(pattern).put("comments", comment));
    return sandbox.account().records(LIST).stream()
        .filter(record -> record.path("pattern").asString().equals(pattern))
        .findFirst()
        .orElseThrow();
  }
}
