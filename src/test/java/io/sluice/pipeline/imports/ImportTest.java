package io.sluice.pipeline.imports;

import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.FAILED;
import static io.sluice.report.Outcome.INVALID;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static io.sluice.report.Outcome.UNPROCESSED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plan.Mode;
import io.sluice.plan.Step;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users rely on when they import: end states, outcomes and request counts. */
public final class ImportTest {
  private static final String LIST = "block_senders";
  private static final String CREATE = "POST /block_senders";
  private static final String BATCH = "POST /block_senders/batch";
  private static final String EDIT = "PATCH /block_senders/{id}";
  private static final String PAGES = "GET /block_senders";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void whatIsMissingIsCreatedWhatDiffersChangedAndTheRestLeftAlone() throws IOException {
    rig("before").csv(Rows.senders(2_000));
    sandbox.requestLog().reset();
    String file = Rows.senders(0, 5_000, i -> i < 100 ? "new words" : "seen " + i);
    ImportRig rig = rig("now").by(Strategy.ROWS);
    ImportResult result = rig.csv(file);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(result, CREATED, 3_000, UPDATED, 100, UNCHANGED, 1_900);
    assertThat(sandbox.requestLog().count(CREATE)).isEqualTo(3_000);
    assertThat(sandbox.requestLog().count(EDIT)).isEqualTo(100);
    assertThat(sandbox.requestLog().count(PAGES))
        .describedAs("two pages, the end behind them, and both once more")
        .isEqualTo(5);
    assertThat(rig.plans.get(0).requests()).isEqualTo(3_100);
    assertThat(rig.planned)
        .filteredOn(step -> step instanceof Step.Edit)
        .hasSize(100)
        .allSatisfy(
            step ->
                assertThat(((Step.Edit) step).body().propertyNames()).containsExactly("comments"));
    assertThat(rig.report()).hasSize(5_000);

    sandbox.requestLog().reset();
    assertCounts(rig("again").csv(file), UNCHANGED, 5_000);
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void whatIsLeftOfADryRunAreTheRowsThatNeedAPerson() throws IOException {
    ImportRig rig = rig("r").skipInvalid().dryRun();
    ImportResult result = rig.csv(Rows.senders(30) + "refunds@,EMAIL,false,\n");

    assertCounts(result, UNPROCESSED, 30, INVALID, 1);
    assertThat(rig.report()).hasSize(31);
    assertThat(rig.failed()).extracting(row -> row.get("_outcome")).containsExactly("invalid");
  }

  @Test
  void tenThousandCreatesTakeAtMostFifteenRequests() throws IOException {
    ImportResult result = rig("r").announced().csv(Rows.senders(10_000));

    assertCounts(result, CREATED, 10_000);
    assertThat(sandbox.requestLog().total()).isLessThanOrEqualTo(15);
    assertThat(sandbox.requestLog().count(BATCH)).isEqualTo(10);
    assertMadeOnce(10_000);
  }

  @Test
  void rowsUseTheQuotaAndNeverExceedIt() throws IOException {
    try (Sandbox paced = Sandbox.builder().quota(100, Duration.ofSeconds(3)).start()) {
      ImportRig rig = new ImportRig(paced, directory).announced().by(Strategy.ROWS);
      long start = System.nanoTime();
      ImportResult result = rig.csv(Rows.senders(495));
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertCounts(result, CREATED, 495);
      assertThat(paced.requestLog().throttled()).isZero();
      assertThat(took).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(16));
      assertThat(rig.plans.get(0).time())
          .describedAs("predicted")
          .isBetween(took.minusSeconds(4), took.plusSeconds(4));
    }
  }

  @Test
  void aBatchIsNarrowedDownByPointers() throws IOException {
    for (int i = 0; i < 7; i++) {
      sandbox.faults().reject("host" + (i * 140 + 3) + ".example", 10021, "not here", "/pattern");
    }
    ImportRig rig = rig("r");
    ImportResult result = rig.csv(Rows.senders(1_000));

    assertCounts(result, CREATED, 993, FAILED, 7);
    assertThat(result.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertThat(sandbox.requestLog().total()).isLessThanOrEqualTo(10);
    assertThat(rig.failed())
        .hasSize(7)
        .allSatisfy(
            row -> {
              assertThat(row.get("_code")).isEqualTo("10021");
              assertThat(row.get("_message")).isEqualTo("not here");
              assertThat(row.get("_pointer")).isEqualTo("/pattern");
              assertThat(row.get("_outcome")).isEqualTo("failed");
            });
    assertMadeOnce(993);
  }

  @Test
  void aBatchIsNarrowedDownByHalvingWhereNothingPoints() throws IOException {
    for (int i = 0; i < 7; i++) {
      sandbox.faults().reject("host" + (i * 140 + 3) + ".example", 10021, "not here");
    }
    sandbox
        .faults()
        .onBatch(LIST)
        .and(request -> names(request.text(), 7))
        .then(io.sluice.sandbox.fault.Fault.status(400, 10021, "not here"));
    ImportResult result = rig("r").csv(Rows.senders(1_000));

    assertCounts(result, CREATED, 993, FAILED, 7);
    assertThat(sandbox.requestLog().total()).isBetween(20L, 150L);
    assertMadeOnce(993);
  }

  private static boolean names(String body, int rejected) {
    for (int i = 0; i < rejected; i++) {
      if (body.contains("\"host" + (i * 140 + 3) + ".example\"")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whereThereIsNoBatchRowsAreSentOneByOne() throws IOException {
    sandbox.account().batch(false);
    ImportResult result = rig("r").csv(Rows.senders(200));

    assertCounts(result, CREATED, 200);
    assertThat(sandbox.requestLog().count(CREATE)).isEqualTo(200);
    assertMadeOnce(200);
  }

  @Test
  void aDryRunChangesNothingAndTellsEveryChange() throws IOException {
    rig("before").csv(Rows.senders(10));
    sandbox.requestLog().reset();
    ImportRig rig = rig("dry").dryRun();
    ImportResult result = rig.csv(Rows.senders(0, 30, i -> i < 5 ? "other" : "seen " + i));

    assertThat(sandbox.requestLog().writes()).isZero();
    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(result, UNPROCESSED, 25, UNCHANGED, 5);
    assertThat(rig.planned).hasSize(25);
    assertThat(rig.report())
        .extracting(row -> row.get("action"))
        .containsOnly("create", "update", "none");
    assertThat(rig.plans.get(0).of(Action.CREATE)).isEqualTo(20);
  }

  @Test
  void invalidRowsStopARunBeforeAnythingIsSent() throws IOException {
    String file = "pattern,pattern_type\ngood.example,DOMAIN\n10.0.0.1,IP\nx@,EMAIL\n";
    ImportRig rig = rig("r");
    ImportResult result = rig.csv(file);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.REFUSED);
    assertCounts(result, INVALID, 2, UNPROCESSED, 1);
    assertThat(sandbox.requestLog().total()).isZero();
    assertThat(rig.faults).hasSize(2);

    ImportResult skipping = rig("skipping").skipInvalid().csv(file);
    assertThat(skipping.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
    assertCounts(skipping, INVALID, 2, CREATED, 1);
  }

  @Test
  void failedRowsCanBeImportedAgainAsTheyAre() throws IOException {
    sandbox.faults().reject("host3.example", 10021, "not today");
    rig("first").csv(Rows.senders(30));
    sandbox.faults().clear();
    ImportRig again = rig("again");
    ImportResult result = again.run(directory.resolve("first/results/failed.csv"));

    assertCounts(result, CREATED, 1);
    assertThat(sandbox.account().count(LIST)).isEqualTo(30);
  }

  @Test
  void repeatedRowsAreSkippedAndSpellingsFound() throws IOException {
    rig("before").csv("pattern\nEvil.Example\n192.0.2.1\n");
    sandbox.requestLog().reset();
    ImportRig rig = rig("now");
    ImportResult result =
        rig.csv("pattern\nevil.example\nEVIL.example\n192.0.2.1/32\nnew.example\n");

    assertCounts(result, UNCHANGED, 2, SKIPPED, 1, CREATED, 1);
    assertThat(sandbox.requestLog().count(EDIT)).isZero();
    assertThat(rig.report().get(1).get("message")).isEqualTo("line 2 says the same");
  }

  /** Each message names a line of its own; a plan that listed them left most of them out. */
  @Test
  void aPlanSaysWhyEachSkippedRowIsSkipped() throws IOException {
    StringBuilder text = new StringBuilder("pattern\n");
    for (int i = 0; i < 16; i++) {
      text.append("name").append(i % 8).append(".example\n");
    }
    ImportResult result = rig("r").csv(text.toString());

    assertThat(Objects.requireNonNull(result.plan()).skippedBy())
        .containsExactly(new PlanSummary.Skipped("repeats", "another row says the same", 8));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void anEmptyInputIsNoErrorUnlessItWouldDelete(Mode mode) throws IOException {
    ImportResult result = rig("r").mode(mode).csv("pattern,comments\n");

    assertThat(result.summary().exit()).isEqualTo(mode.deletes() ? ExitCode.REFUSED : ExitCode.OK);
    assertThat(sandbox.requestLog().writes()).isZero();
  }

  @Test
  void createSkipsWhatExistsAndUpdateWantsIt() throws IOException {
    rig("before").csv("pattern,comments\na.example,x\n");
    String file = "pattern,comments\na.example,y\nb.example,y\n";
    ImportResult updated = rig("update").mode(Mode.UPDATE).csv(file);
    ImportResult created = rig("create").mode(Mode.CREATE).csv(file);

    assertCounts(updated, UPDATED, 1, FAILED, 1);
    assertCounts(created, SKIPPED, 1, CREATED, 1);
  }

  @Test
  void fewRowsAreLookedUpInALargeAccount() throws IOException {
    sandbox.account().seed(LIST, 30_000);
    List<String> known =
        sandbox.account().records(LIST).stream()
            .filter(record -> !record.path("is_regex").asBoolean())
            .filter(record -> record.path("pattern").asString().indexOf(',') < 0)
            .limit(3)
            .map(record -> record.path("pattern").asString())
            .toList();
    ImportResult result =
        rig("r").csv("pattern,comments\n" + String.join(",hello\n", known) + ",hello\n");

    assertThat(result.summary().counts().of(UPDATED)).isEqualTo(3);
    assertThat(sandbox.requestLog().total())
        .describedAs("1 page, 3 or 6 questions, 3 edits")
        .isLessThanOrEqualTo(10);
  }

  @Test
  void theOutcomesAreInTheOrderOfTheInput() throws IOException {
    ImportRig rig = rig("r").by(Strategy.ROWS);
    rig.csv(Rows.senders(300));

    List<CSVRecord> report = rig.report();
    for (int i = 0; i < 300; i++) {
      assertThat(report.get(i).get("row")).isEqualTo(Integer.toString(i + 1));
      assertThat(report.get(i).get("line")).isEqualTo(Integer.toString(i + 2));
      assertThat(report.get(i).get("key")).isEqualTo("DOMAIN host" + i + ".example");
      assertThat(report.get(i).get("id")).isNotEmpty();
    }
  }

  @Test
  void aTypeThatARowWithAnIdLeavesOutIsNotChanged() throws IOException {
    rig("before").csv("pattern,pattern_type,is_regex,comments\n^mail\\d+$,EMAIL,true,old\n");
    String id = sandbox.account().records(LIST).get(0).path("id").asString();
    ImportRig rig = rig("now");
    ImportResult result = rig.csv("id,pattern,is_regex,comments\n" + id + ",^mail\\d+$,true,new\n");

    assertCounts(result, UPDATED, 1);
    assertThat(((Step.Edit) rig.planned.get(0)).body().propertyNames()).containsExactly("comments");
  }

  private ImportRig rig(String name) throws IOException {
    Path own = directory.resolve(name);
    java.nio.file.Files.createDirectories(own);
    return new ImportRig(sandbox, own);
  }

  private void assertMadeOnce(int records) {
    assertThat(sandbox.account().count(LIST)).isEqualTo(records);
    assertThat(sandbox.account().creations(LIST).values()).hasSize(records).containsOnly(1);
  }

  public static void assertCounts(ImportResult result, Object... expected) {
    long sum = 0;
    for (int i = 0; i < expected.length; i += 2) {
      Outcome outcome = (Outcome) expected[i];
      long count = ((Number) expected[i + 1]).longValue();
      assertThat(result.summary().counts().of(outcome))
          .describedAs("%s in %s", outcome, result.summary().counts())
          .isEqualTo(count);
      sum += count;
    }
    assertThat(result.summary().counts().total()).isEqualTo(sum);
  }
}
