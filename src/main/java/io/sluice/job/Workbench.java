package io.sluice.job;

import io.sluice.api.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What every job of a process works with.
 *
 * @param accounts the accounts that jobs may work on
 * @param files where jobs have their files
 * @param uploads the files that people sent
 * @param transport how calls travel
 * @param governors the quotas, shared by all jobs of the process
 * @param maxOutage how long an outage may last before a job gives up
 * @param clock tells the time
 * @param toolVersion what results are marked with
 */
public record Workbench(
    Accounts accounts,
    JobFiles files,
    Uploads uploads,
    TransportOptions transport,
    Governors governors,
    Duration maxOutage,
    Clock clock,
    String toolVersion) {

  /** Works on an account, and closes the way to it at the end. */
  <T> Mono<T> with(
      String profile,
      ProgressLog progress,
      StopSignal stop,
      Function<AccountSession, Mono<T>> work) {
    return Mono.usingWhen(
        Mono.fromCallable(
                () -> {
                  Connection connection = accounts.connection(profile);
                  AccountSession session =
                      AccountSession.open(
                          connection, transport, maxOutage, governors, progress, stop);
                  progress.watch(session);
                  return session;
                })
            .subscribeOn(Schedulers.boundedElastic()),
        work,
        AccountSession::close);
  }
}
