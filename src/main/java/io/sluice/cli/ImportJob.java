package io.sluice.cli;

import io.sluice.api.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.config.UsageException;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.StopSignal;
import io.sluice.pipeline.imports.Confirmation;
import io.sluice.pipeline.imports.ImportRequest;
import io.sluice.pipeline.imports.ImportRun;
import io.sluice.pipeline.imports.Place;
import io.sluice.report.RunId;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs one import in the foreground, shows how it goes on, and prints how it ended. */
final class ImportJob {
  private final Console console;
  private final Connection connection;
  private final TransportOptions transport;
  private final Duration maxOutage;

  ImportJob(
      Console console, Connection connection, TransportOptions transport, Duration maxOutage) {
    this.console = console;
    this.connection = connection;
    this.transport = transport;
    this.maxOutage = maxOutage;
  }

  ImportSummary run(ImportRequest request, RunId id, Place place, Confirmation confirmation) {
    long start = System.nanoTime();
    StopSignal stop = new StopSignal();
    AtomicReference<@Nullable AccountSession> opened = new AtomicReference<>();
    ImportDisplay display = new ImportDisplay(console, request, opened::get);
    try {
      AccountSession session = open(display, stop);
      opened.set(session);
      Mono<ImportSummary> run =
          Mono.usingWhen(
              Mono.just(session),
              live ->
                  new ImportRun(live, request, display, confirmation, stop, Clock.systemUTC())
                      .run(id, place)
                      .map(
                          result ->
                              new ImportSummary(
                                  result,
                                  display.changes(),
                                  (System.nanoTime() - start) / 1_000_000)),
              AccountSession::close);
      // Printed within: once the pipeline has ended, an interrupted process may be gone any moment.
      return Objects.requireNonNull(
          Interrupts.await(
              run.doOnNext(
                  summary -> {
                    display.close();
                    summary.print(console);
                  }),
              stop));
    } finally {
      display.close();
    }
  }

  private AccountSession open(ImportDisplay display, StopSignal stop) {
    Governors governors = new Governors(Schedulers.parallel());
    try {
      return AccountSession.open(connection, transport, maxOutage, governors, display, stop);
    } catch (IllegalArgumentException refused) {
      throw new UsageException(String.valueOf(refused.getMessage()), null);
    }
  }
}
