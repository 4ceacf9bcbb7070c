package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Captured;
import io.sluice.cli.Console;
import io.sluice.cli.ImportResults;
import io.sluice.cli.text.FaultList;
import io.sluice.cli.text.PlannedChanges;
import io.sluice.cli.text.RewrittenList;
import io.sluice.format.InputFault;
import io.sluice.pipeline.Failure;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.report.Action;
import io.sluice.report.ExitCode;
import io.sluice.report.FailureCause;
import io.sluice.report.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ImportSummaryTest {
  private static final String AGAIN = "sluice import -r block-senders ";
  private static final Failure GAVE_UP =
      new Failure(ExitCode.GAVE_UP, "gave_up", "no answer for 900 s", "try later", 0, null);

  private final Captured captured = new Captured();
  private final FaultList faults = new FaultList();

  private void print(ImportResults results) {
    print(results, captured);
  }

  private void print(ImportResults results, Captured captured) {
    ImportResult result = results.result();
    Console console = captured.console();
    NextStep next = new NextStep(result, Rerun.plain("block-senders", "b.csv"), "b.csv");
    new ImportSummary(
            result,
            "import",
            new PlannedChanges(console, true),
            faults,
            new RewrittenList(),
            next,
            null,
            2300)
        .print(console);
  }

  /** Nothing else in a rehearsal speaks of a record that a mirror has to leave. */
  @Test
  void recordsThatAMirrorLeavesAreCountedInARehearsalToo() {
    ImportResults results =
        ImportResults.of(ExitCode.OK, Map.of(Outcome.UNCHANGED, 4L))
            .mirrored(Map.of(Outcome.SKIPPED, 1L), null);
    String said = "records that the file does not name: 1 skipped, for the reason in the report";
    print(results);
    assertThat(captured.out()).contains(said);
    Captured rehearsal = new Captured();
    print(results.rehearsed(ImportResults.plan(Map.of(), Set.of(), Duration.ZERO)), rehearsal);
    assertThat(rehearsal.out()).contains(said);
  }

  @Test
  void whenAllIsWellTheCountsAreEnough() {
    print(ImportResults.of(ExitCode.OK, Map.of(Outcome.CREATED, 4980L, Outcome.UNCHANGED, 20L)));

    assertThat(captured.out())
        .containsExactly(
            "5,000 rows in 2.3 s, 7 requests",
            "  created           4,980",
            "  unchanged            20",
            "report: r/report.csv");
    assertThat(captured.err()).isEmpty();
  }

  @Test
  void whenAllIsWellQuietSaysNothing() {
    captured.options.quiet.set(true);
    print(
        ImportResults.of(ExitCode.OK, Map.of(Outcome.CREATED, 5L))
            .mirrored(Map.of(Outcome.DELETED, 3L), Path.of("s.jsonl")));

    assertThat(captured.out()).isEmpty();
    assertThat(captured.err()).isEmpty();
  }

  @Test
  void failuresAreToldByCauseWithWhatToDo() {
    captured.options.quiet.set(true);
    print(
        ImportResults.of(ExitCode.ROWS_FAILED, Map.of(Outcome.CREATED, 2L, Outcome.FAILED, 19L))
            .because(
                new FailureCause(
                    Outcome.FAILED,
                    "1001",
                    "not allowed \u001b[2J",
                    18,
                    1,
                    2,
                    "EMAIL a@b.c",
                    false),
                new FailureCause(
                    Outcome.FAILED, "differs", "twice there", 1, 9, 10, "IP ::1", false)));

    assertThat(captured.out())
        .containsExactly(
            "  failed               19",
            "18 failed: 1001 not allowed \\u001b[2J  (first: line 2, EMAIL a@b.c)",
            "1 failed: twice there  (line 10, IP ::1)",
            "correct the rows in r/failed.csv (its last columns say what is wrong), then:",
            "  " + AGAIN + "r/failed.csv");
  }

  @Test
  void aRunThatWasStoppedCanBeGoneOnWith() {
    print(
        ImportResults.of(
            ExitCode.INTERRUPTED, Map.of(Outcome.CREATED, 2L, Outcome.UNPROCESSED, 3L)));

    assertThat(captured.out())
        .endsWith(
            "3 rows are left to do; to go on where this run ended:",
            "  " + AGAIN + "b.csv --results r --resume");
  }

  @Test
  void whatEndedTheRunIsToldOnce() {
    print(
        ImportResults.of(ExitCode.GAVE_UP, Map.of(Outcome.UNKNOWN, 16L))
            .because(
                new FailureCause(
                    Outcome.UNKNOWN, "gave_up", GAVE_UP.message(), 16, 1, 2, "IP ::1", false))
            .endedBy(GAVE_UP));

    assertThat(captured.out()).noneMatch(line -> line.contains("900 s"));
    assertThat(captured.err()).containsExactly("sluice: no answer for 900 s", "  try later");
  }

  @Test
  void faultsOfTheInputAreToldWithTheirLines() {
    faults.add(3, new InputFault(4, "pattern", "a@", "invalid e-mail address"));
    print(
        ImportResults.of(ExitCode.REFUSED, Map.of(Outcome.INVALID, 1L, Outcome.UNPROCESSED, 9L))
            .because(
                new FailureCause(
                    Outcome.INVALID, "invalid", "pattern 'a@'", 1, 3, 4, "a@", false)));

    assertThat(captured.out())
        .containsExactly(
            "10 rows in 2.3 s, 1 of them invalid; nothing was changed",
            "line 4, pattern: 'a@' invalid e-mail address",
            "report: r/report.csv",
            "correct the rows in b.csv itself (r/failed.csv says what is wrong), then:",
            "  " + AGAIN + "b.csv",
            "or go on with the other 9 rows, and correct r/failed.csv afterwards:",
            "  " + AGAIN + "b.csv --skip-invalid");
  }

  @Test
  void manyFaultsAreToldByCause() {
    for (int row = 1; row <= 1200; row++) {
      faults.add(row, new InputFault(row + 1, "pattern", "p" + row, "is \u202ewrong"));
    }

    assertThat(faults.lines())
        .containsExactly("1,200 × pattern: is \\u202ewrong  (first: line 2, 'p1')");
    assertThat(faults.tellsOf(1200)).isTrue();
  }

  @Test
  void aDryRunSaysThatNothingWasChanged() {
    print(
        ImportResults.of(ExitCode.OK, Map.of(Outcome.UNPROCESSED, 12L, Outcome.UNCHANGED, 3L))
            .rehearsed(ImportResults.plan(Map.of(Action.CREATE, 12L), Set.of(), Duration.ZERO)));

    assertThat(captured.out())
        .containsExactly(
            "plan: 12 to create, 3 unchanged",
            "      14 requests: 12 to write row by row, 2 to read",
            "      the quota allows them at once",
            "15 rows in 2.3 s; nothing was changed: this was a dry run; run it without"
                + " --dry-run to make the changes",
            "report: r/report.csv");
  }

  @Test
  void aMirrorIsUndoneByMirroringWhatWasSaved() {
    print(
        ImportResults.of(ExitCode.OK, Map.of(Outcome.CREATED, 12L))
            .mirrored(Map.of(Outcome.DELETED, 51L), Path.of("r/it's.jsonl")));

    assertThat(captured.out())
        .contains("records that the file does not name: 51 deleted")
        .endsWith(
            "to undo this, and with it what others have changed there since:",
            "  " + AGAIN + "'r/it'\\''s.jsonl' --mode mirror --max-deletes 12");
  }

  @Test
  void nobodyIsToldToMirrorTheFailedRowsAlone() {
    print(
        ImportResults.of(ExitCode.ROWS_FAILED, Map.of(Outcome.FAILED, 4L))
            .mirrored(Map.of(Outcome.UNPROCESSED, 53L), Path.of("s.jsonl")));

    assertThat(captured.out())
        .endsWith("correct the rows in b.csv itself, then:", "  " + AGAIN + "b.csv")
        .noneMatch(line -> line.contains("undo"));
  }

  @Test
  void deletesThatWaitForFailedRowsSayWhy() {
    print(
        ImportResults.of(ExitCode.ROWS_FAILED, Map.of(Outcome.FAILED, 4L))
            .mirrored(Map.of(Outcome.UNPROCESSED, 51L), Path.of("s.jsonl")));

    assertThat(captured.out())
        .contains(
            "records that the file does not name: 51 deletes not made, because 4 rows failed");
  }

  @Test
  void scriptsGetOneObject() {
    captured.options.json.set(true);
    print(
        ImportResults.of(ExitCode.GAVE_UP, Map.of(Outcome.CREATED, 2L, Outcome.UNKNOWN, 1L))
            .endedBy(GAVE_UP)
            .mirrored(Map.of(), Path.of("s.jsonl")));

    assertThat(captured.out()).hasSize(1);
    JsonNode json = JsonMapper.builder().build().readTree(captured.out().get(0));
    assertThat(json.get("command").stringValue()).isEqualTo("import");
    assertThat(json.get("exit").intValue()).isEqualTo(6);
    assertThat(json.get("rows").longValue()).isEqualTo(3);
    assertThat(json.at("/counts/unknown").longValue()).isEqualTo(1);
    assertThat(json.at("/error/code").stringValue()).isEqualTo("gave_up");
    assertThat(json.get("safety_snapshot").stringValue()).isEqualTo("s.jsonl");
    assertThat(json.get("duration_ms").longValue()).isEqualTo(2300);
  }
}
