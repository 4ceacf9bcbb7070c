package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.INVALID;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Expiry;
import io.sluice.plan.Mode;
import io.sluice.plan.Origin;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.BlockedDomain;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Lists that several owners keep: each changes its own records alone. */
final class OwnershipTest {
  private static final String LIST = "block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();
  private int runs;

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void recordsCarryTheirOwnerAndTheirEndBehindTheComment() throws IOException {
    ImportResult result =
        rig()
            .owner("feed-x", null, "2031-01-31")
            .csv("pattern,comments,expires\na.example,seen,\nb.example,,2030-12-31\n");

    assertCounts(result, CREATED, 2);
    assertThat(comments())
        .containsEntry("a.example", "seen [sluice owner=feed-x expires=2031-01-31]")
        .containsEntry("b.example", "[sluice owner=feed-x expires=2030-12-31]");
  }

  @Test
  void anEndInDaysCountsFromTheDayOfTheRun() throws IOException {
    LocalDate before = LocalDate.now(ZoneOffset.UTC);
    rig().owner(null, null, "14d").csv("pattern\na.example\n");
    LocalDate after = LocalDate.now(ZoneOffset.UTC);

    assertThat(comments().get("a.example"))
        .isIn(
            "[sluice expires=" + before.plusDays(14) + "]",
            "[sluice expires=" + after.plusDays(14) + "]");
  }

  @Test
  void aLaterRunRenewsAndOneThatSaysNothingLeavesTheEnd() throws IOException {
    hold("a.example", "why [sluice owner=feed-x expires=2030-01-01]");

    assertCounts(
        rig().owner("feed-x", null, null).csv("pattern,comments\na.example,why\n"), UNCHANGED, 1);
    assertCounts(rig().owner("feed-x", null, "2031-01-01").csv("pattern\na.example\n"), UPDATED, 1);

    assertThat(comments())
        .containsEntry("a.example", "why [sluice owner=feed-x expires=2031-01-01]");
  }

  @Test
  void aNullEndTakesItAway() throws IOException {
    hold("a.example", "why [sluice owner=feed-x expires=2030-01-01]");
    hold("b.example", "[sluice expires=2030-01-01]");

    assertCounts(rig().csv("pattern,expires\na.example,\\N\nb.example,\\N\n"), UPDATED, 2);

    assertThat(comments()).containsEntry("a.example", "why [sluice owner=feed-x]");
    assertThat(comments().get("b.example")).isEmpty();
  }

  @Test
  void aMirrorDeletesTheOwnersRecordsAloneAndIsMeasuredByThem() throws IOException {
    for (int i = 0; i < 40; i++) {
      hold("other" + i + ".example", i % 2 == 0 ? "by hand" : "[sluice owner=feed-y]");
    }
    for (int i = 0; i < 12; i++) {
      hold("mine" + i + ".example", "[sluice owner=feed-x]");
    }
    ImportRig refused = rig().owner("feed-x", null, null).mode(Mode.MIRROR).maxDeletes("50%");
    ImportResult result = refused.csv("pattern\nmine0.example\nmine1.example\n");
    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertThat(String.valueOf(result.failure())).contains("10 of 12 records of feed-x");

    ImportRig rig = rig().owner("feed-x", null, null).mode(Mode.MIRROR).maxDeletes("10");
    ImportResult done =
        rig.csv("pattern\nmine0.example\nmine1.example\nother0.example\nother1.example\n");

    assertThat(done.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(done, UNCHANGED, 2, SKIPPED, 2);
    assertThat(done.summary().heldBy()).isEqualTo(2);
    assertThat(done.summary().deletes().of(DELETED)).isEqualTo(10);
    assertThat(sandbox.account().count(LIST)).isEqualTo(42);
    assertThat(rig.plans.get(0).heldBy())
        .containsExactly(Map.entry("", 1L), Map.entry("feed-y", 1L));
    assertThat(rig.report().get(2).get("code")).isEqualTo("held_by");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-,0,0", "'',1,0", "feed-y,0,1"})
  void otherRecordsAreTakenOverOnlyIfThatIsSaid(String adopt, int unowned, int others)
      throws IOException {
    hold("a.example", "by hand");
    hold("b.example", "[sluice owner=feed-y]");

    ImportResult result = rig().owner("feed-x", adopt, null).csv("pattern\na.example\nb.example\n");

    assertCounts(result, UPDATED, unowned + others, SKIPPED, 2 - unowned - others);
    assertThat(comments())
        .containsEntry("a.example", unowned == 1 ? "by hand [sluice owner=feed-x]" : "by hand")
        .containsEntry(
            "b.example", others == 1 ? "[sluice owner=feed-x]" : "[sluice owner=feed-y]");
  }

  @Test
  void aRunWithoutAnOwnerChangesTheTextAndLeavesTheTag() throws IOException {
    hold("a.example", "old [sluice owner=feed-x expires=2030-01-01]");
    hold("b.example", "old [sluice owner=feed-x]");

    assertCounts(
        rig().csv("pattern,comments\na.example,new\nb.example,mine [sluice owner=alice]\n"),
        UPDATED,
        2);

    assertThat(comments())
        .containsEntry("a.example", "new [sluice owner=feed-x expires=2030-01-01]")
        .containsEntry("b.example", "mine [sluice owner=alice]");
  }

  @Test
  void anEmptiedCommentKeepsTheTag() throws IOException {
    hold("a.example", "old [sluice owner=feed-x]");

    rig().csv("pattern,comments\na.example,\\N\n");

    assertThat(comments()).containsEntry("a.example", "[sluice owner=feed-x]");
  }

  @Test
  void aBackupOfTheAccountBringsBackTheWholeComment() throws IOException {
    ObjectNode before = hold("a.example", "old");
    ObjectNode other = hold("b.example", "[sluice owner=feed-y]");
    String backup = before + "\n" + other + "\n";
    rig().owner("feed-x", "", null).csv("pattern\na.example\n");
    rig().csv("pattern,comments\nb.example,[sluice owner=feed-z]\n");

    ImportResult undone = rig().from(Origin.THIS_ACCOUNT, null).jsonl(backup);

    assertCounts(undone, UPDATED, 2);
    assertThat(comments())
        .containsEntry("a.example", "old")
        .containsEntry("b.example", "[sluice owner=feed-y]");
  }

  @Test
  void aDeleteOfAnOwnerSparesOthersAndOneWithoutSaysWhose() throws IOException {
    hold("a.example", "by hand");
    hold("b.example", "[sluice owner=feed-x]");
    hold("c.example", "[sluice owner=feed-y]");
    String all = "pattern\na.example\nb.example\nc.example\n";

    ImportRig any = rig().mode(Mode.DELETE).maxDeletes("100%").dryRun();
    any.csv(all);
    assertThat(any.plans.get(0).deletesOf())
        .containsExactly(Map.entry("", 1L), Map.entry("feed-x", 1L), Map.entry("feed-y", 1L));

    ImportResult result =
        rig().owner("feed-x", null, null).mode(Mode.DELETE).maxDeletes("100%").csv(all);
    assertCounts(result, DELETED, 1, SKIPPED, 2);
    assertThat(comments()).containsOnlyKeys("a.example", "c.example");
  }

  @Test
  void aCommentWithoutRoomForTheTagIsInvalidBeforeAnythingIsSent() throws IOException {
    sandbox.requestLog().reset();
    ImportRig rig = rig().owner("feed-x", null, "2030-12-31");
    ImportResult result =
        rig.csv("pattern,comments\na.example," + "x".repeat(1000) + "\nb.example,ok\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertCounts(result, INVALID, 1, io.sluice.report.Outcome.UNPROCESSED, 1);
    assertThat(rig.faults.get(0).column()).isEqualTo("comments");
    assertThat(rig.faults.get(0).reason()).contains("no room for the tag: 1041 characters");
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void aTagThatTheNewTextLeavesNoRoomForIsInvalidToo() throws IOException {
    hold("a.example", "old [sluice owner=feed-x]");

    ImportResult result = rig().csv("pattern,comments\na.example," + "x".repeat(1020) + "\n");

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertCounts(result, INVALID, 1);
    assertThat(String.valueOf(result.failure())).contains("1 row cannot be written, by what the");
    assertThat(comments()).containsEntry("a.example", "old [sluice owner=feed-x]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pattern,expires|a.example,tomorrow|expires|neither a day like 2026-12-31",
        "pattern,expires|a.example,2026-02-30|expires|neither a day",
        "pattern,comments|a.example,x [sluice owner=Bad]|comments|the tag in it cannot be read",
        "pattern,comments|a.example,[sluice owner=feed-y]|comments|names the owner feed-y",
        "pattern,comments,expires|a.example,[sluice expires=2030-01-01],2030-01-02|expires|the tag"
      })
  void whatContradictsItselfIsInvalid(String header, String row, String column, String reason)
      throws IOException {
    ImportRig rig = rig().owner("feed-x", null, null);
    assertCounts(rig.csv(header + "\n" + row + "\n"), INVALID, 1);
    assertThat(rig.faults.get(0).column()).isEqualTo(column);
    assertThat(rig.faults.get(0).reason()).contains(reason);
  }

  @Test
  void rowsWithTheSameFaultOfTheirEndHaveTheSameReason() throws IOException {
    ImportRig rig = rig();
    assertCounts(
        rig.csv("pattern,expires\na.example,31.12.2031\nb.example,12/31/2031\n"), INVALID, 2);

    assertThat(rig.faults).extracting(fault -> fault.reason()).containsOnly(Expiry.FORMS);
  }

  @Test
  void aMalformedTagBelongsToNoOwner() throws IOException {
    hold("a.example", "x [sluice owner=Feed X]");

    ImportResult left =
        rig().owner("feed-x", null, null).mode(Mode.MIRROR).csv("pattern\nb.example\n");

    assertThat(left.summary().deletes().total()).isZero();
    assertThat(comments()).containsKey("a.example");
  }

  @Test
  void rowsThatDifferByTheirEndContradictEachOther() throws IOException {
    ImportRig rig = rig();
    assertCounts(
        rig.csv("pattern,expires\na.example,2030-01-01\na.example,2030-01-02\n"), INVALID, 2);
  }

  @Test
  void anIdAndAnEndRenewARecord() throws IOException {
    ObjectNode held = hold("a.example", "why [sluice owner=feed-x expires=2030-01-01]");

    assertCounts(
        rig()
            .mode(Mode.UPDATE)
            .jsonl("{\"id\":" + held.get("id") + ",\"expires\":\"2032-02-29\"}\n"),
        UPDATED,
        1);
    assertThat(comments())
        .containsEntry("a.example", "why [sluice owner=feed-x expires=2032-02-29]");
  }

  @Test
  void aRecordThatAnotherOwnerMakesMeanwhileIsLeftToIt() throws IOException {
    boolean[] made = {false};
    sandbox
        .faults()
        .when(
            request -> {
              if (request.method().equals("POST") && !made[0]) {
                made[0] = true;
                hold("a.example", "[sluice owner=feed-y]");
              }
              return false;
            })
        .then(io.sluice.sandbox.fault.Fault.status(500));

    ImportResult result = rig().owner("feed-x", null, null).csv("pattern\na.example\n");

    assertCounts(result, SKIPPED, 1);
    assertThat(result.summary().heldBy()).isEqualTo(1);
    assertThat(comments()).containsEntry("a.example", "[sluice owner=feed-y]");
  }

  @ParameterizedTest
  @CsvSource({"MIRROR", "DELETE"})
  void aRecordThatComesToAnotherOwnerAfterThePlanIsNotDeleted(Mode mode) throws IOException {
    hold("a.example", "[sluice owner=feed-x]");
    ObjectNode taken = hold("b.example", "[sluice owner=feed-x]");
    ImportRig rig =
        rig()
            .owner("feed-x", null, null)
            .mode(mode)
            .maxDeletes("100%")
            .confirmedBy(
                plans -> {
                  sandbox.account().remove(LIST, taken.path("id").asString());
                  sandbox.account().add(LIST, taken.put("comments", "[sluice owner=feed-y]"));
                  return reactor.core.publisher.Mono.just(true);
                });

    ImportResult result =
        rig.csv(mode == Mode.MIRROR ? "pattern\nc.example\n" : "pattern\na.example\nb.example\n");

    assertThat(comments()).doesNotContainKey("a.example").containsKey("b.example");
    assertThat(rig.report())
        .anyMatch(row -> row.get("outcome").equals("skipped") && row.get("code").equals("held_by"));
    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
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

  private Map<String, String> comments() {
    Map<String, String> comments = new TreeMap<>();
    sandbox
        .account()
        .records(LIST)
        .forEach(
            record ->
                comments.put(
                    record.path("pattern").asString(), record.path("comments").asString("")));
    return comments;
  }
}
