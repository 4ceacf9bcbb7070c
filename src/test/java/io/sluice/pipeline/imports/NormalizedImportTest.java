package io.sluice.pipeline.imports;

import static io.sluice.pipeline.imports.ImportTest.assertCounts;
import static io.sluice.report.Outcome.CREATED;
import static io.sluice.report.Outcome.DELETED;
import static io.sluice.report.Outcome.FAILED;
import static io.sluice.report.Outcome.INVALID;
import static io.sluice.report.Outcome.SKIPPED;
import static io.sluice.report.Outcome.UNCHANGED;
import static io.sluice.report.Outcome.UNPROCESSED;
import static io.sluice.report.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.UsageException;
import io.sluice.format.InputFormat;
import io.sluice.plan.Mode;
import io.sluice.report.ExitCode;
import io.sluice.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of indicators as people pass them on, ranges and lines of several hosts included. */
final class NormalizedImportTest {
  private static final String LIST = "block_senders";
  private static final String FEED =
      "198.51.100.7-198.51.100.9\nevil[.]example\n0.0.0.0 a.example b.example # wave of May\n! x\n";

  @TempDir private Path directory = Path.of("");
  private final Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void everyRecordOfARowIsMadeAndTheRowIsReportedOnce() throws IOException {
    ImportRig rig = rig("one");
    ImportResult result = rig.run(InputFormat.LIST, FEED);

    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(result, CREATED, 3, SKIPPED, 1);
    assertThat(result.summary().rewritten()).isEqualTo(3);
    assertThat(patterns())
        .containsExactlyInAnyOrder(
            "198.51.100.7", "198.51.100.8/31", "evil.example", "a.example", "b.example");
    List<CSVRecord> report = rig.report();
    assertThat(report).hasSize(4);
    assertThat(report.get(0).get("key")).isEqualTo("IP 198.51.100.7, IP 198.51.100.8/31");
    assertThat(report.get(0).get("id")).contains(", ");
    assertThat(report.get(0).get("message"))
        .isEqualTo("rewritten from '198.51.100.7-198.51.100.9'");
    assertThat(report.get(1).get("message")).isEqualTo("rewritten from 'evil[.]example'");
    assertThat(report.get(3).get("code")).isEqualTo("comment");
    assertThat(rig.plans.get(0).of(io.sluice.report.Action.CREATE)).isEqualTo(5);
  }

  @Test
  void whatWasCreatedIsDeletedByTheFileOfItsIds() throws IOException {
    rig("before").run(InputFormat.LIST, "evil.example\nother.example\n");
    ImportResult result = rig("one").run(InputFormat.LIST, FEED);
    Path created = Path.of(String.valueOf(result.summary().files().get("created")));

    ImportRig undo = notNormalizing("undo").mode(Mode.DELETE).maxDeletes("100%");
    assertCounts(undo.csv(Files.readString(created)), DELETED, 4);
    assertThat(patterns()).containsExactlyInAnyOrder("evil.example", "other.example");
    ImportResult again = rig("again").run(InputFormat.LIST, "evil.example\n");
    assertThat(again.summary().files()).doesNotContainKey("created");
  }

  @Test
  void inEveryModeARowIsWhatItsRecordsAre() throws IOException {
    rig("create").run(InputFormat.LIST, FEED);

    assertCounts(rig("again").run(InputFormat.LIST, FEED), UNCHANGED, 3, SKIPPED, 1);
    String more = FEED.replace("b.example", "b.example c.example").replace("May", "June");
    assertCounts(rig("upsert").run(InputFormat.LIST, more), UNCHANGED, 2, CREATED, 1, SKIPPED, 1);
    ImportRig update = rig("update").mode(Mode.UPDATE);
    assertCounts(update.run(InputFormat.LIST, "0.0.0.0 a.example b.example # July\n"), UPDATED, 1);
    ImportRig mirror = rig("mirror").mode(Mode.MIRROR).maxDeletes("100%");
    ImportResult mirrored = mirror.run(InputFormat.LIST, "198.51.100.7 - 9\n");
    assertCounts(mirrored, UNCHANGED, 1);
    assertThat(patterns()).containsExactlyInAnyOrder("198.51.100.7", "198.51.100.8/31");
    ImportRig delete = rig("delete").mode(Mode.DELETE).maxDeletes("100%");
    assertCounts(delete.run(InputFormat.LIST, "198.51.100.7-10\n"), DELETED, 1);
    assertThat(patterns()).isEmpty();
    assertThat(delete.report().get(0).get("message")).contains("skipped, the account does not");
  }

  @Test
  void aRowOfWhichARecordFailsFailsAndIsLeftInItsOwnWordsOnce() throws IOException {
    sandbox.faults().reject("b.example", 10021, "not this one");
    for (Strategy strategy : List.of(Strategy.ROWS, Strategy.BATCH)) {
      ImportRig rig = rig(strategy.name()).by(strategy);
      ImportResult result = rig.run(InputFormat.LIST, FEED);

      assertThat(result.summary().exit()).isEqualTo(ExitCode.ROWS_FAILED);
      assertThat(result.summary().counts().of(FAILED)).isEqualTo(1);
      assertThat(result.summary().counts().total()).isEqualTo(4);
      assertThat(rig.failed()).hasSize(1);
      assertThat(rig.failed().get(0).get("pattern"))
          .isEqualTo("0.0.0.0 a.example b.example # wave of May");
      assertThat(rig.failed().get(0).get("_message"))
          .contains("DOMAIN a.example: ")
          .contains("DOMAIN b.example: failed, ")
          .contains("not this one");
    }
    sandbox.faults().clear();
    String failed = java.nio.file.Files.readString(directory.resolve("ROWS/results/failed.csv"));
    assertCounts(rig("rest").csv(failed), CREATED, 1);
    assertThat(patterns()).contains("a.example", "b.example");
  }

  @Test
  void aStoppedRunGoesOnRecordByRecord() throws IOException {
    StringBuilder feed = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      feed.append("0.0.0.0");
      for (int j = 0; j < 5; j++) {
        feed.append(" h").append(i).append('x').append(j).append(".example");
      }
      feed.append("\n");
    }
    ImportRig rig = rig("stopped").by(Strategy.ROWS).concurrency(1);
    int[] done = {0};
    rig.onRow(
        row -> {
          assertThat(row.row()).isBetween(1L, 12L);
          if (++done[0] == 23) {
            rig.stop.stop();
          }
        });
    ImportResult stopped = rig.run(InputFormat.LIST, feed.toString());
    assertThat(stopped.summary().exit()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(stopped.summary().counts().total()).isEqualTo(12);
    assertThat(stopped.summary().counts().of(UNPROCESSED)).isPositive();
    assertThat(sandbox.account().count(LIST)).isBetween(20L, 59L);

    ImportRig other = rig("stopped").resuming();
    assertThatThrownBy(
            () -> notNormalizing("stopped").resuming().run(InputFormat.LIST, feed.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--normalize");
    ImportResult result = other.by(Strategy.ROWS).run(InputFormat.LIST, feed.toString());
    assertThat(result.summary().exit()).isEqualTo(ExitCode.OK);
    assertCounts(result, CREATED, 12);
    assertThat(sandbox.account().count(LIST)).isEqualTo(60);
    assertThat(other.report()).extracting(line -> line.get("action")).containsOnly("create");
  }

  @Test
  void aRecordOfARowThatContradictsAnotherIsNotSentButWhatThatRowRepeatsIs() throws IOException {
    ImportRig rig = rig("contradicting").skipInvalid();
    ImportResult result =
        rig.csv("pattern,comments\n0.0.0.0 a.example b.example,x\na.example,y\nb.example,x\n");

    assertCounts(result, INVALID, 2, CREATED, 1);
    assertThat(patterns()).containsExactly("b.example");
  }

  @Test
  void aDryRunSendsNothingAndTellsOfTheRowOnce() throws IOException {
    ImportRig rig = rig("dry").dryRun();
    ImportResult result = rig.run(InputFormat.LIST, FEED);

    assertCounts(result, UNPROCESSED, 3, SKIPPED, 1);
    assertThat(patterns()).isEmpty();
    assertThat(rig.planned).hasSize(5);
  }

  private List<String> patterns() {
    return sandbox.account().records(LIST).stream()
        .map(record -> record.path("pattern").asString())
        .toList();
  }

  private ImportRig rig(String name) throws IOException {
    return notNormalizing(name).normalizing();
  }

  private ImportRig notNormalizing(String name) throws IOException {
    Path own = Files.createDirectories(directory.resolve(name));
    return new ImportRig(sandbox, own);
  }
}
