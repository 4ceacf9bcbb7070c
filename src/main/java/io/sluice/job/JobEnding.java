package io.sluice.job;

import io.sluice.job.approval.Approvals;
import io.sluice.job.audit.AuditAction;
import io.sluice.job.audit.AuditEvent;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.notice.Notices;
import io.sluice.job.store.Database;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.ResourceLocks;
import io.sluice.job.store.StoredJson;
import io.sluice.job.work.JobOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in the database how jobs of this process ended, unless another process has taken them over.
 * While the database is away it waits. Thread-safe.
 */
final class JobEnding {
  /** On a busy machine those who follow a job may read its last steps that much later. */
  private static final Duration STILL_READ = Duration.ofSeconds(10);

  private final Database database;
  private final JobStore jobs;
  private final Clock clock;
  private final JobPolicy policy;
  private final Notices notices;
  private final JobListener listener;

  JobEnding(
      Database database,
      JobStore jobs,
      Clock clock,
      JobPolicy policy,
      Notices notices,
      JobListener listener) {
    this.notices = notices;
    this.policy = policy;
    this.database = database;
    this.jobs = jobs;
    this.clock = clock;
    this.listener = listener;
  }

  /** Lets the job go on here or elsewhere, unless another process has taken it over. */
  void queue(Job job) {
    Instant now = clock.instant();
    database.insist(
        () ->
            jobs.leave(
                job.id(),
                job.fence(),
                JobState.QUEUED,
                null,
                null,
                null,
                now,
                handle -> EventStore.state(handle, job.id(), JobState.QUEUED, null, now)));
  }

  /**
   * Notes what came of it, and tells the listener, unless another process has taken the job over.
   */
  void note(RunningJob run, JobState state, JobOutcome ended) {
    Job job = run.job();
    int exit = ended.exit().number();
    ObjectNode summary = ended.summary().put("exit", exit);
    String text = StoredJson.MAPPER.writeValueAsString(summary);
    RowCounts before = database.insist(() -> jobs.reportedRows(job.id()));
    RowCounts rows = settled(state, exit, summary).beyond(before);
    Integer code = state.ended() ? Integer.valueOf(exit) : null;
    Instant now = clock.instant();
    RowCounts all = before.plus(rows);
    Consumer<Handle> notice =
        state == JobState.FINISHED
            ? notices.of(exit == 0 ? "finished" : "failed", job, exit, summary, now)
            : handle -> {};
    boolean noted =
        database.insist(
            () ->
                jobs.leave(
                    job.id(),
                    job.fence(),
                    state,
                    code,
                    text,
                    all,
                    now,
                    handle -> {
                      notice.accept(handle);
                      stand(handle, job.id(), state, exit, text, now);
                    }));
    if (noted) {
      JobLog.settled(job, state, exit, run.lasted());
      database.insist(() -> jobs.get(job.id())).ifPresent(after -> report(after, state, rows));
    } else {
      JobLog.overtaken(job, run.lasted());
    }
  }

  /** Notes that its plan waits for an approval, unless another process has taken the job over. */
  void await(RunningJob run, JobOutcome planned, JobOutcome.Waiting waiting) {
    Job job = run.job();
    Instant now = clock.instant();
    Instant expires = now.plus(policy.approval().expires());
    String text = StoredJson.MAPPER.writeValueAsString(planned.summary());
    Consumer<Handle> notice = notices.of("awaiting_approval", job, null, planned.summary(), now);
    boolean noted =
        database.insist(
            () ->
                jobs.leave(
                    job.id(),
                    job.fence(),
                    JobState.AWAITING_APPROVAL,
                    null,
                    text,
                    null,
                    now,
                    handle -> {
                      notice.accept(handle);
                      ResourceLocks.release(handle, job.id());
                      Approvals.ask(
                          handle,
                          job.id(),
                          waiting.plan(),
                          waiting.changes(),
                          waiting.deletes(),
                          now,
                          expires);
                      EventStore.state(handle, job.id(), JobState.AWAITING_APPROVAL, null, now);
                      AuditTrail.add(
                          handle,
                          new AuditEvent(
                              "sluice",
                              "service",
                              AuditAction.JOB_AWAIT,
                              job.id(),
                              job.id(),
                              waiting.plan(),
                              waiting.changes() + " changes, " + waiting.deletes() + " deletes"),
                          now);
                    }));
    if (noted) {
      JobLog.settled(job, JobState.AWAITING_APPROVAL, 0, run.lasted());
    } else {
      JobLog.overtaken(job, run.lasted());
    }
  }

  private static void stand(
      Handle handle, String id, JobState state, int exit, String text, Instant now) {
    ResourceLocks.release(handle, id);
    EventStore.state(handle, id, state, null, now);
    if (state.ended()) {
      EventStore.thin(handle, id, now.minus(STILL_READ));
      EventStore.add(handle, id, "done", text, now);
      AuditTrail.add(
          handle, AuditEvent.ofJob(AuditAction.JOB_END, id, state.label() + ", exit " + exit), now);
    }
  }

  /** The rows that stay as they are, even if the job goes on. */
  private static RowCounts settled(JobState state, int exit, ObjectNode summary) {
    boolean goesOn = Lifecycle.canResume(state, exit);
    return RowCounts.of(summary, outcome -> !(goesOn && outcome.isOpen()));
  }

  private void report(Job job, JobState state, RowCounts rows) {
    listener.settled(job, rows);
    if (state.ended()) {
      listener.ended(job);
    }
  }
}
