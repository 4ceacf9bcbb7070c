package io.sluice.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.ImportResults;
import io.sluice.cli.command.ImportCommand;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NextStepTest {
  private static final ImportResults REFUSED =
      ImportResults.of(ExitCode.REFUSED, Map.of(Outcome.INVALID, 1L, Outcome.UNPROCESSED, 9L));

  private static List<String> lines(ImportResults results, String file) {
    return new NextStep(results.result(), Rerun.plain("block-senders", file), file).lines();
  }

  /** A command that reads standard input would wait for the keyboard. */
  @Test
  void noCommandIsPrintedForRowsThatCameByAPipe() {
    assertThat(lines(REFUSED, "-"))
        .containsExactly(
            "correct the rows where they come from (r/failed.csv says what is wrong), then run the"
                + " same again",
            "or go on with the other 9 rows, and correct r/failed.csv afterwards: run the same"
                + " again with --skip-invalid");
  }

  @Test
  void aFeedIsCorrectedWhereItComesFrom() {
    assertThat(lines(REFUSED, "https://feeds.example/list.txt"))
        .startsWith(
            "correct the rows where they come from (r/failed.csv says what is wrong), then:",
            "  sluice import -r block-senders https://feeds.example/list.txt");
  }

  @Test
  void theLimitThatStoppedARunIsRaised() {
    Failure stopped =
        Failure.of(ExitCode.ROWS_FAILED, "too_many_errors", "stopped", "find out why");

    assertThat(
            lines(
                ImportResults.of(
                        ExitCode.ROWS_FAILED, Map.of(Outcome.FAILED, 6L, Outcome.UNPROCESSED, 9L))
                    .endedBy(stopped),
                "b.csv"))
        .startsWith(
            "9 rows are left to do; to go on where this run ended, and stop after as many further"
                + " errors:",
            "  sluice import -r block-senders b.csv --max-errors 12 --results r --resume",
            "this does not try the failed rows again, and overwrites their file");
  }

  /** A number that suits the rows so far would stop a long file at once. */
  @Test
  void aShareThatStoppedARunIsRaisedAsAShare() {
    Failure stopped =
        Failure.of(ExitCode.ROWS_FAILED, "too_many_errors", "stopped", "find out why");
    ImportResults results =
        ImportResults.of(
                ExitCode.ROWS_FAILED,
                Map.of(Outcome.FAILED, 6L, Outcome.CREATED, 94L, Outcome.UNPROCESSED, 900L))
            .endedBy(stopped);
    String[] given = {"-r", "block-senders", "b.csv", "--max-errors", "5%"};
    Rerun rerun = Rerun.of(new ImportCommand().parser().parseArgs(given), "block-senders", "b.csv");

    assertThat(new NextStep(results.result(), rerun, "b.csv").lines())
        .startsWith(
            "900 rows are left to do; to go on where this run ended, and stop when more than 11%"
                + " have failed:",
            "  sluice import -r block-senders b.csv --max-errors 11% --results r --resume");
  }

  @Test
  void updatesWithoutACopyAreNotPassedOver() {
    assertThat(lines(ImportResults.of(ExitCode.OK, Map.of(Outcome.UPDATED, 3L)), "b.csv"))
        .containsExactly(
            "no copy was kept of the 3 updated records: only a snapshot from before this run brings"
                + " the old values back, with 'restore'");
  }
}
