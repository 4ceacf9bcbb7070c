package io.sluice.cli.run;

import io.sluice.cli.Console;
import io.sluice.cli.progress.ExportDisplay;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.exports.ExportRequest;
import io.sluice.pipeline.exports.FileExport;
import io.sluice.pipeline.exports.SnapshotExport;
import io.sluice.snapshot.Retention;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs one export in the foreground, shows how it goes on, and prints how it ended. */
public final class ExportRun {
  private final Console console;
  private final ForegroundSession account;

  public ExportRun(Console console, ForegroundSession account) {
    this.console = console;
    this.account = account;
  }

  public ExportSummary toSnapshot(Path root, ExportRequest request, @Nullable Retention retention) {
    return run(
        (session, display) ->
            new SnapshotExport(session, request, Clock.systemUTC())
                .run(root, retention, display)
                .map(ExportSummary::of));
  }

  /** Only the summary for machines shows the digest of a file that is in no snapshot. */
  public ExportSummary toFile(Path file, ExportRequest request) {
    return run(
        (session, display) ->
            new FileExport(session, console.json() ? request : request.undigested())
                .toFile(file, display)
                .map(entry -> ExportSummary.of(session.account(), file.toString(), entry)));
  }

  public ExportSummary toStream(OutputStream out, ExportRequest request) {
    return run(
        (session, display) ->
            new FileExport(session, request.undigested())
                .toStream(out, display)
                .map(entry -> ExportSummary.of(session.account(), "-", entry)));
  }

  private ExportSummary run(BiFunction<AccountSession, ExportDisplay, Mono<ExportSummary>> export) {
    long start = System.nanoTime();
    AtomicLong requests = new AtomicLong();
    ExportSummary summary;
    try (ExportDisplay display = new ExportDisplay(console)) {
      summary =
          account.run(
              display,
              new StopSignal(),
              session ->
                  export
                      .apply(session, display)
                      .doOnNext(done -> requests.set(session.requests())));
    }
    summary.print(console, requests.get(), (System.nanoTime() - start) / 1_000_000);
    return summary;
  }
}
