package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.SluiceProcess.Ended;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records whose last day has passed are deleted, with the guards of a delete. */
final class PruneIT {
  private static final String LIST = "block_senders";
  private static final String UNDO =
      "the target's records were saved before the change; to undo this,"
          + " and with it what others have changed there since:\n";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  @BeforeEach
  void fill() {
    hold(LIST, "hand.example", "by hand");
    hold(LIST, "kept.example", "[sluice owner=feed-x expires=" + today.plusDays(30) + "]");
    hold(LIST, "malformed.example", "[sluice owner=feed-x expires=2020-02-30]");
    hold(LIST, "old.example", "why [sluice owner=feed-x expires=2020-01-01]");
    hold(LIST, "older.example", "[sluice owner=feed-y expires=2020-01-01]");
    hold(LIST, "late.example", "[sluice expires=" + today.minusDays(3) + "]");
    hold("allow_policies", "allowed.example", "[sluice expires=2020-01-01]");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void whatHasExpiredIsDeletedAndCanBeBroughtBack() throws Exception {
    Ended ended = prune("--yes");

    assertThat(ended.exit()).describedAs(ended.err() + ended.out()).isZero();
    assertThat(held(LIST)).containsExactly("hand.example", "kept.example", "malformed.example");
    assertThat(held("allow_policies")).isEmpty();

    String after = ended.out().substring(ended.out().indexOf(UNDO) + UNDO.length());
    Ended undone = process().shell(after.lines().findFirst().orElseThrow().strip());
    assertThat(undone.exit()).describedAs(undone.err() + undone.out()).isZero();
    assertThat(held(LIST)).hasSize(6);
    assertThat(held("allow_policies")).hasSize(1);
  }

  @Test
  void ownerGraceAndKindNarrowItDown() throws Exception {
    assertThat(prune("-r", "block-senders", "--owner", "feed-x", "--yes").exit()).isZero();
    assertThat(held(LIST)).doesNotContain("old.example").contains("older.example");

    assertThat(prune("-r", "block-senders", "--grace", "7d", "--yes").exit()).isZero();
    assertThat(held(LIST)).doesNotContain("older.example").contains("late.example");
    assertThat(held("allow_policies")).hasSize(1);
  }

  @Test
  void anOwnerThatNobodyHasIsNoted() throws Exception {
    assertThat(prune("--owner", "feed-z", "--yes").err())
        .contains("no record here has the owner 'feed-z'");
    assertThat(prune("-r", "block-senders", "--owner", "feed-x", "--grace", "9999d", "--yes").err())
        .doesNotContain("no record here");
  }

  @Test
  void aRehearsalChangesNothingAndNothingIsDeletedUnasked() throws Exception {
    Ended rehearsed = prune("--dry-run", "--json");
    assertThat(rehearsed.exit()).describedAs(rehearsed.err()).isZero();
    JsonNode summary = JsonMapper.shared().readTree(rehearsed.out());
    assertThat(summary.path("command").asString()).isEqualTo("prune");
    long deletes = 0;
    for (JsonNode part : summary.path("parts")) {
      deletes += part.at("/plan/delete").longValue();
    }
    assertThat(deletes).isEqualTo(4);

    sandbox.requestLog().reset();
    Ended counted = prune("--dry-run");
    long after = summary.path("requests").longValue();
    assertThat(counted.err())
        .contains("found by " + (sandbox.requestLog().calls().size() - after) + " requests")
        .contains("1 record has a tag that cannot be read")
        .contains("block-senders DOMAIN malformed.example");
    assertThat(counted.out())
        .contains("  deletes by owner: 1 without an owner, 1 of feed-x, 1 of feed-y");

    assertThat(prune().exit()).isEqualTo(2);
    assertThat(prune("--max-deletes", "2", "--yes").exit()).isEqualTo(4);
    assertThat(held(LIST)).hasSize(6);
  }

  @Test
  void aSavedPlanDeletesJustWhatItNamesAndLeavesWhatWasRenewed() throws Exception {
    assertThat(prune("--save-plan", "old.plan").err()).contains("--save-plan goes with --dry-run");
    Ended planned = prune("--dry-run", "--save-plan", "old.plan");
    assertThat(planned.exit()).describedAs(planned.err()).isZero();
    assertThat(prune("--dry-run", "--save-plan", "old.plan").exit()).isEqualTo(2);
    String late =
        sandbox.account().records(LIST).stream()
            .filter(record -> record.path("pattern").asString().equals("late.example"))
            .map(record -> record.path("id").asString())
            .findFirst()
            .orElseThrow();
    sandbox.account().remove(LIST, late);
    hold(LIST, "late.example", "[sluice expires=" + today.plusDays(3) + "]");
    hold(LIST, "later.example", "[sluice expires=2020-01-01]");

    Ended applied = process().run("apply", "old.plan", "--yes");
    assertThat(applied.exit()).describedAs(applied.err() + applied.out()).isEqualTo(3);
    assertThat(applied.out()).contains("1 skipped").contains("skipped: the record is gone (1)");
    assertThat(held(LIST))
        .containsExactly(
            "hand.example", "kept.example", "late.example", "later.example", "malformed.example");
    assertThat(held("allow_policies")).isEmpty();
  }

  @Test
  void aRunThatWasNeverMadeIsNotGoneOnWith() throws Exception {
    Ended ended = prune("--results", "typo", "--resume", "--yes");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("no run has left results in typo");
  }

  @Test
  void whatCannotHaveAnEndIsNamed() throws Exception {
    Ended ended = prune("-r", "domains", "--yes");
    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("domains").contains("no end");
    assertThat(prune("--grace", "soon", "--yes").exit()).isEqualTo(2);
  }

  private Ended prune(String... options) throws Exception {
    String[] all = new String[options.length + 1];
    all[0] = "prune";
    System.arraycopy(options, 0, all, 1, options.length);
    return process().run(all);
  }

  private SluiceProcess process() {
    return new SluiceProcess(directory).against(sandbox).withoutInput().quick();
  }

  private void hold(String list, String pattern, String comment) {
    ObjectNode record = BlockedDomain.of(pattern).put("comments", comment);
    if (!list.equals(LIST)) {
      record.put("is_trusted_sender", true).put("is_exempt_recipient", false);
      record.put("is_acceptable_sender", false).put("verify_sender", true);
    }
    sandbox.account().add(list, record);
  }

  private List<String> held(String list) {
    return sandbox.account().records(list).stream()
        .map(record -> record.path("pattern").asString())
        .sorted()
        .toList();
  }
}
