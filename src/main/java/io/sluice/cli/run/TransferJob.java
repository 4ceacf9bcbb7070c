package io.sluice.cli.run;

import io.sluice.api.transport.TransportOptions;
import io.sluice.cli.AdvisedException;
import io.sluice.cli.Console;
import io.sluice.cli.option.OutputOptions;
import io.sluice.cli.progress.TransferDisplay;
import io.sluice.config.Connection;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.transfer.SnapshotImport;
import io.sluice.report.ResultsDirectory;
import io.sluice.report.RunId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Imports a snapshot in the foreground, shows how it goes on, and prints how it ended. */
public final class TransferJob {
  private final Console console;
  private final OutputOptions output;
  private final Connection connection;
  private final TransportOptions transport;
  private final Duration maxOutage;

  public TransferJob(
      Console console,
      OutputOptions output,
      Connection connection,
      TransportOptions transport,
      Duration maxOutage) {
    this.console = console;
    this.output = output;
    this.connection = connection;
    this.transport = transport;
    this.maxOutage = maxOutage;
  }

  /** Runs it, and returns what the process ends with. */
  public int run(Transfer transfer, RunId id, Path results) {
    long start = System.nanoTime();
    StopSignal stop = new StopSignal();
    List<SnapshotImport.Part> parts = transfer.parts();
    TransferDisplay display = new TransferDisplay(console, parts, results);
    Confirmation consent = Confirming.ofParts(console, output, parts, display);
    AccountSession session =
        ForegroundSession.open(connection, transport, maxOutage, display, stop);
    Mono<TransferSummary> run =
        Mono.usingWhen(
            Mono.just(session),
            live ->
                new SnapshotImport(
                        live, display, consent, stop, Clock.systemUTC(), transfer.target())
                    .run(id, parts, results, transfer.resume())
                    .map(
                        result ->
                            new TransferSummary(
                                transfer,
                                result,
                                display,
                                results,
                                (System.nanoTime() - start) / 1_000_000)),
            AccountSession::close);
    try {
      // Printed within: once the pipeline has ended, an interrupted process may be gone any moment.
      return Objects.requireNonNull(
              Interrupts.await(
                  run.doOnNext(
                      summary -> {
                        display.close();
                        summary.print(console);
                      }),
                  stop))
          .exit();
    } catch (RuntimeException error) {
      throw advised(error, transfer, parts, results);
    } finally {
      display.close();
    }
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
