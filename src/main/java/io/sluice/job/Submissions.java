package io.sluice.job;

import io.sluice.report.RunId;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** How jobs are asked for. Blocking; thread-safe. */
final class Submissions {
  private final JobStore store;
  private final RequestKeys keys;
  private final Workbench bench;
  private final JobCheck check;
  private final Worker worker;

  Submissions(JobStore store, RequestKeys keys, Workbench bench, Worker worker) {
    this.store = store;
    this.keys = keys;
    this.bench = bench;
    this.check = new JobCheck(bench);
    this.worker = worker;
  }

  /** See {@link Jobs#check}. */
  void check(JobSpec spec) {
    check.require(spec);
  }

  /**
   * Adds a job, which runs as soon as it can.
   *
   * @param schedule what makes it; null if a person does
   */
  Job submit(JobSpec spec, String caller, @Nullable String schedule) {
    Job job = job(spec, caller, schedule);
    store.add(job, handle -> {});
    worker.submit(job.id());
    return job;
  }

  /** See {@link Jobs#submit(JobSpec, RequestKey)}. */
  Submitted submit(JobSpec spec, RequestKey key) {
    Optional<Job> before = keys.made(key).flatMap(store::get);
    if (before.isPresent()) {
      return new Submitted(before.get(), true);
    }
    Job job = job(spec, key.caller(), null);
    try {
      store.add(job, handle -> RequestKeys.add(handle, key, job.id(), job.madeAt()));
    } catch (UnableToExecuteStatementException taken) {
      // The same request has come twice at the same time.
      return new Submitted(keys.made(key).flatMap(store::get).orElseThrow(() -> taken), true);
    }
    worker.submit(job.id());
    return new Submitted(job, false);
  }

  /** See {@link Jobs#retry}. */
  Job retry(String id, @Nullable String resource, String caller) throws IOException {
    JobSpec again = new FailedRowsAgain(bench).of(store.required(id), resource, caller);
    return submit(again, caller, null);
  }

  private Job job(JobSpec spec, String caller, @Nullable String schedule) {
    check.require(spec);
    Instant now = bench.clock().instant().truncatedTo(ChronoUnit.MICROS);
    return new Job(
        RunId.at(now).text(),
        spec.jobKind(),
        check.profile(spec),
        check.account(spec),
        check.api(spec),
        check.resources(spec),
        spec.rehearsal(),
        spec,
        JobState.QUEUED,
        null,
        null,
        null,
        null,
        caller,
        now,
        null,
        null,
        null,
        0,
        schedule);
  }
}
