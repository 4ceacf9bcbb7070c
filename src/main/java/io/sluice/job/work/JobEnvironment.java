package io.sluice.job.work;

import io.sluice.api.transport.TransportOptions;
import io.sluice.config.Connection;
import io.sluice.config.FeedEntry;
import io.sluice.config.UsageException;
import io.sluice.flow.Blocking;
import io.sluice.job.Accounts;
import io.sluice.job.Job;
import io.sluice.job.files.JobFiles;
import io.sluice.job.files.Uploads;
import io.sluice.pipeline.AccountSession;
import io.sluice.pipeline.Governors;
import io.sluice.pipeline.RunEvent;
import io.sluice.pipeline.SessionObserver;
import io.sluice.pipeline.StopSignal;
import io.sluice.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The environment of every job of a process.
 *
 * @param accounts the accounts that jobs may work on
 * @param files where jobs have their files
 * @param uploads the files that people sent
 * @param transport how calls travel
 * @param governors the quotas, shared by all jobs of the process
 * @param meter measures the calls
 * @param maxOutage how long an outage may last before a job gives up
 * @param clock gives the time
 * @param toolVersion what results are marked with
 */
public record JobEnvironment(
    Accounts accounts,
    JobFiles files,
    Uploads uploads,
    TransportOptions transport,
    Governors governors,
    Function<String, SessionObserver> meter,
    Duration maxOutage,
    Clock clock,
    String toolVersion) {

  /** Works on an account, and closes the way to it at the end. */
  <T> Mono<T> with(String profile, JobRun run, Function<JobSession, Mono<T>> work) {
    return Blocking.using(
        () -> open(profile, maxOutage, run.progress(), run.stop()),
        session -> work.apply(new JobSession(run, session)),
        AccountSession::close);
  }

  /**
   * The records that a job works on: as they were listed before, if it goes on, so that its rows
   * stay the same.
   *
   * @param list lists them into a snapshot below a directory
   */
  Mono<Snapshot> listed(Job job, Function<Path, Mono<Snapshot>> list) {
    Path root = files.job(job.id()).resolve("source");
    return Blocking.call(() -> Files.isDirectory(root) ? Snapshot.in(root) : List.<Snapshot>of())
        .flatMap(
            taken -> taken.isEmpty() ? list.apply(root) : Mono.just(taken.get(taken.size() - 1)));
  }

  /**
   * A feed of the configuration.
   *
   * @throws UsageException if there is none of that name, or it cannot be used
   */
  public FeedEntry feed(String name) {
    return accounts.feed(name, transport.allowHttp());
  }

  /**
   * A snapshot.
   *
   * @throws UsageException if there is none of that id
   */
  public Snapshot snapshot(String id) throws IOException {
    return files
        .snapshot(id)
        .orElseThrow(() -> new UsageException("there is no snapshot " + id, null));
  }

  /** Removes a file that was sent and is not needed. */
  public void discard(String upload) throws IOException {
    uploads.remove(upload);
    Files.deleteIfExists(files.upload(upload));
  }

  /**
   * The way to an account, to be closed by the caller. Blocking.
   *
   * @param patience how long an outage may last
   * @throws UsageException if there is no such profile, or it cannot be used
   */
  public AccountSession open(
      String profile, Duration patience, Consumer<RunEvent> events, StopSignal stop) {
    Connection connection = accounts.connection(profile);
    return AccountSession.open(
        connection, transport, patience, governors, events, stop, meter.apply(profile));
  }
}
