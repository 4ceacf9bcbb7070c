package io.sluice.cli.run;

import io.sluice.cli.AdvisedException;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.progress.TransferDisplay;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Imports a snapshot in the foreground, shows how it goes on, and prints how it ended. */
public final class TransferJob {
  private final Console console;
  private final OutputOptions output;
  private final ForegroundSession account;

  public TransferJob(Console console, OutputOptions output, ForegroundSession account) {
    this.console = console;
    this.output = output;
    this.account = account;
  }

  /** Runs it, and returns what the process ends with. */
  public int run(Transfer transfer, RunId id, Path results) {
    long start = System.nanoTime();
    StopSignal stop = new StopSignal();
    List<SnapshotImport.Part> parts = transfer.parts();
    TransferDisplay display = new TransferDisplay(console, parts, results);
    Confirmation consent = Confirming.ofParts(console, output, parts, display);
    AccountSession session = account.open(display, stop);
    try {
      return account
          .run(
              session,
              stop,
              live ->
                  new SnapshotImport(
                          live, display, consent, stop, Clock.systemUTC(), transfer.target())
                      .run(id, parts, results, transfer.resume())
                      .map(result -> summary(transfer, result, display, results, start))
                      .doOnNext(
                          summary -> {
                            // Once the pipeline has ended, an interrupted process may be gone any
                            // moment.
                            display.close();
                            summary.print(console);
                          }))
          .exit();
    } catch (RuntimeException error) {
      throw advised(error, transfer, parts, results);
    } finally {
      display.close();
    }
  }

  private static TransferSummary summary(
      Transfer transfer,
      SnapshotImport.Result result,
      TransferDisplay display,
      Path results,
      long start) {
    return new TransferSummary(
        transfer, result, display, results, (System.nanoTime() - start) / 1_000_000);
  }

  /** A run that had begun can be resumed, whatever ended it. */
  private static AdvisedException advised(
      RuntimeException error, Transfer transfer, List<SnapshotImport.Part> parts, Path results) {
    boolean begun =
        parts.stream()
            .map(part -> results.resolve(part.request().resource().slug()))
            .anyMatch(ResultsDirectory::holdsJournal);
    return new AdvisedException(error, NextStep.afterError(transfer.rerun(), results, begun));
  }
}
