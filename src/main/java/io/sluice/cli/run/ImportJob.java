package io.sluice.cli.run;

import io.sluice.api.ApiAccount;
import io.sluice.api.transport.FeedAddress;
import io.sluice.cli.AdvisedException;
import io.sluice.cli.Console;
import io.sluice.cli.progress.ImportDisplay;
import io.sluice.config.Environment;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.ImportResult;
import io.sluice.pipeline.imports.ImportRun;
import io.sluice.report.ResultsDirectory;
import java.io.IOException;
import java.time.Clock;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Runs one import in the foreground, shows how it goes on, and prints how it ended. */
public final class ImportJob {
  private final Console console;
  private final ForegroundSession account;

  public ImportJob(Console console, ForegroundSession account) {
    this.console = console;
    this.account = account;
  }

  /**
   * Runs an import of that input, and returns what the process ends with. A feed is imported unless
   * it is as it was.
   *
   * @throws AdvisedException if it cannot be brought to an end
   */
  public int run(ImportTask task, ImportInput input, Environment environment) throws IOException {
    FeedAddress address = input.feed();
    if (address == null) {
      input.announce(console);
      return run(task).exit();
    }
    ApiAccount into = account.connection().account();
    try (FeedImport feed = FeedImport.of(console, task, address, into, environment)) {
      return feed.run(this, account.transport());
    }
  }

  /**
   * Runs it.
   *
   * @throws AdvisedException if it cannot be brought to an end
   */
  public ImportSummary run(ImportTask task) {
    long start = System.nanoTime();
    StopSignal stop = new StopSignal();
    ImportDisplay display =
        new ImportDisplay(console, task.request(), task.changes(), task.place().results());
    AccountSession session = account.open(display, stop);
    Disposable stopping = stop.whenStopped().subscribe(v -> {}, e -> {}, display::stopping);
    try {
      return account.run(
          session,
          stop,
          live ->
              run(task, live, display, stop)
                  .map(result -> summary(task, result, display, start))
                  .doOnNext(
                      summary -> {
                        // Once the pipeline has ended, an interrupted process may be gone any
                        // moment.
                        display.close();
                        summary.print(console);
                      }));
    } catch (RuntimeException error) {
      throw advised(error, task);
    } finally {
      stopping.dispose();
      display.close();
    }
  }

  private static Mono<ImportResult> run(
      ImportTask task, AccountSession session, ImportDisplay display, StopSignal stop) {
    return new ImportRun(session, task.confirmation(), stop, Clock.systemUTC(), task.target())
        .run(task.id(), new ImportRun.Part(task.request(), task.place(), display, task.saved()));
  }

  private static ImportSummary summary(
      ImportTask task, ImportResult result, ImportDisplay display, long start) {
    return new ImportSummary(
        result,
        task.saved() == null ? "import" : "apply",
        task.changes(),
        display.faults(),
        display.rewritings(),
        new NextStep(result, task.rerun(), task.file()),
        display.saved(),
        (System.nanoTime() - start) / 1_000_000);
  }

  /** A run that had begun can be gone on with, whatever ended it. */
  private static AdvisedException advised(RuntimeException error, ImportTask task) {
    boolean begun = ResultsDirectory.holdsJournal(task.place().results());
    return new AdvisedException(
        error, NextStep.afterError(task.rerun(), task.place().results(), begun));
  }
}
