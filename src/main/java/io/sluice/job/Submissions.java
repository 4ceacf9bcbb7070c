package io.sluice.job;

import io.sluice.config.UsageException;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.files.Upload;
import io.sluice.job.schedule.Schedule;
import io.sluice.job.schedule.ScheduleStore;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import io.sluice.job.work.FailedRowsAgain;
import io.sluice.job.work.JobEnvironment;
import io.sluice.report.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** How jobs are asked for. Blocking; thread-safe. */
final class Submissions {
  private final JobStore store;
  private final RequestKeys keys;
  private final JobEnvironment environment;
  private final JobCheck check;
  private final Worker worker;

  Submissions(JobStore store, RequestKeys keys, JobEnvironment environment, Worker worker) {
    this.store = store;
    this.keys = keys;
    this.environment = environment;
    this.check = new JobCheck(environment);
    this.worker = worker;
  }

  /** See {@link Jobs#check}. */
  void check(JobSpec spec) {
    check.require(spec);
  }

  /** See {@link Jobs#submit(JobSpec, String, RequestKey)}. */
  Made<Job> submit(JobSpec spec, String caller, @Nullable RequestKey key) {
    return once(key, note -> added(job(spec, caller, null), note));
  }

  /** Makes the job of a schedule, and notes it there. */
  Made<Job> submit(Schedule schedule, String caller, @Nullable RequestKey key) {
    return once(
        key,
        note ->
            added(
                job(schedule.job(), caller, schedule.id()),
                (handle, job) -> {
                  note.made(handle, job);
                  ScheduleStore.made(handle, schedule.id(), job);
                  AuditTrail.add(
                      handle,
                      new AuditEvent(caller, "schedule", "job.submit", schedule.id(), job, "", ""),
                      environment.clock().instant());
                }));
  }

  /** See {@link Jobs#retry}. */
  Made<Job> retry(
      String id,
      @Nullable String resource,
      boolean helpful,
      String caller,
      @Nullable RequestKey key)
      throws IOException {
    try {
      return once(key, note -> retried(id, resource, helpful, caller, note));
    } catch (UncheckedIOException unreadable) {
      throw Objects.requireNonNull(unreadable.getCause());
    }
  }

  /** See {@link Jobs#keep}. */
  Made<Upload> keep(Upload upload, @Nullable RequestKey key) throws IOException {
    Made<Upload> made;
    try {
      made =
          keys.once(
              key,
              environment.uploads()::get,
              note -> {
                keys.note(note, upload.id());
                return upload;
              });
    } catch (JobRefusedException other) {
      environment.discard(upload.id());
      throw other;
    }
    if (made.again()) {
      environment.discard(upload.id());
    }
    return made;
  }

  private Job retried(
      String id, @Nullable String resource, boolean helpful, String caller, RequestKeys.Note note) {
    try {
      ImportSpec again =
          new FailedRowsAgain(environment).of(store.required(id), resource, helpful, caller);
      try {
        return added(job(again, caller, null), note);
      } catch (UsageException | UnableToExecuteStatementException refused) {
        environment.discard(again.upload());
        throw refused;
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Made<Job> once(@Nullable RequestKey key, RequestKeys.Effect<Job> effect) {
    Made<Job> made = keys.once(key, store::get, effect);
    if (made.again() && made.thing().state() == JobState.QUEUED) {
      // Whoever made it may not have come to that.
      worker.submit(made.thing().id());
    }
    return made;
  }

  private Job added(Job job, RequestKeys.Note note) {
    store.add(job, handle -> note.made(handle, job.id()));
    worker.submit(job.id());
    return job;
  }

  private Job job(JobSpec spec, String caller, @Nullable String schedule) {
    check.require(spec);
    Instant now = environment.clock().instant().truncatedTo(ChronoUnit.MICROS);
    return new Job(
        RunId.at(now).text(),
        spec.jobKind(),
        spec.profile(),
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
