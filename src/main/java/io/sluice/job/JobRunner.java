package io.sluice.job;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.sluice.disk.DirectoryInUseException;
import io.sluice.format.OptionNames;
import io.sluice.job.store.Database;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.job.store.ResourceLocks;
import io.sluice.job.store.StoredJson;
import io.sluice.job.work.ApprovalStage;
import io.sluice.job.work.JobEnvironment;
import io.sluice.job.work.JobOutcome;
import io.sluice.job.work.JobRun;
import io.sluice.job.work.ProgressLog;
import io.sluice.job.work.Work;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the jobs that this process has taken, each on the thread that it was taken on, from its turn
 * to its end. While the database is away it waits with what has to be noted: nothing of a job is
 * lost or ends for that. Thread-safe.
 */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration IN_TURN = Duration.ofSeconds(1);

  private final Database database;
  private final JobStore jobs;
  private final EventStore events;
  private final ResourceLocks turns;
  private final JobEnvironment environment;
  private final String process;
  private final Clock clock;
  private final JobEnding ending;
  private final ApprovalStage approval;
  private final Map<String, RunningJob> running = new ConcurrentHashMap<>();
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private volatile @Nullable Worker worker;
  private volatile boolean stopping;

  /**
   * @param process what this process is called in the database
   */
  JobRunner(
      Database database,
      JobStore jobs,
      EventStore events,
      JobEnvironment environment,
      String process,
      JobEnding ending,
      ApprovalStage approval) {
    this.database = database;
    this.jobs = jobs;
    this.events = events;
    this.turns = new ResourceLocks(database);
    this.environment = environment;
    this.process = process;
    this.clock = environment.clock();
    this.ending = ending;
    this.approval = approval;
  }

  /** Says which worker calls it, and is to call it again for a job that goes on. */
  void connect(Worker calls) {
    worker = calls;
  }

  /** Stops the jobs that are to be stopped. Blocking. */
  void obeyRequests() {
    for (RunningJob job : running.values()) {
      ControlRequest request = jobs.get(job.job().id()).map(Job::request).orElse(null);
      if (request != null) {
        job.stop(
            request == ControlRequest.CANCEL
                ? RunningJob.Reason.CANCELLED
                : RunningJob.Reason.PAUSED);
      }
    }
  }

  /** Stops the jobs that others may believe to be theirs. */
  void checkLeases() {
    running.values().forEach(RunningJob::checkLease);
  }

  /** Stops every job that runs or begins from now on; they go on elsewhere, or later. */
  void stop() {
    stopping = true;
    running.values().forEach(job -> job.stop(RunningJob.Reason.SHUTDOWN));
  }

  /** Runs a job, if it is its turn, until it stands still. */
  CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    String id = instance.getId();
    CurrentlyExecuting lease = context.getCurrentlyExecuting();
    Optional<Job> job = database.insist(() -> isOver(lease) ? Optional.empty() : taken(id));
    if (job.isPresent()) {
      return run(job.get(), lease);
    }
    return waiting.containsKey(id) || isOver(lease) ? later(id, IN_TURN) : done(id);
  }

  /** After so long an outage another process may have the job by now. */
  private static boolean isOver(CurrentlyExecuting lease) {
    return lease.getHeartbeatState().getFractionDead() >= 1;
  }

  /** The job, marked as run by this process; empty if it is not to run, or not its turn. */
  private Optional<Job> taken(String id) {
    Job queued = jobs.get(id).orElse(null);
    boolean due =
        queued != null && (queued.state() == JobState.QUEUED || queued.state() == JobState.RUNNING);
    if (queued != null && due) {
      Optional<String> before = turn(queued);
      if (before.isPresent()) {
        showWaiting(id, before.get());
        return Optional.empty();
      }
    }
    waiting.remove(id);
    Optional<Job> begun = due ? jobs.begin(id, process, clock.instant()) : Optional.empty();
    if (begun.isEmpty()) {
      // It may have kept its turn when its process was stopped.
      turns.release(id);
    } else if (queued != null) {
      JobLog.begun(queued, begun.get());
    }
    return begun;
  }

  private CompletionHandler<Void> run(Job job, CurrentlyExecuting lease) {
    RunningJob run = new RunningJob(job, lease);
    running.put(job.id(), run);
    if (stopping) {
      run.stop(RunningJob.Reason.SHUTDOWN);
    }
    try {
      return ended(run, work(run));
    } finally {
      running.remove(job.id(), run);
    }
  }

  /** Jobs that change the same records of an account go one after the other. */
  private Optional<String> turn(Job job) {
    return job.changes() ? turns.take(job) : Optional.empty();
  }

  /** Null if its directory is in use or the database away, so that this is not the time for it. */
  private @Nullable JobOutcome work(RunningJob run) {
    Job job = run.job();
    try (ProgressLog progress = new ProgressLog(job, database, jobs, events, clock)) {
      return outside(
          Work.of(job.spec(), environment, approval)
              .run(new JobRun(job, progress, run.stop()))
              .toFuture()
              .get());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      run.stop(RunningJob.Reason.SHUTDOWN);
      return null;
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      return isForLater(Exceptions.unwrap(cause)) ? null : outside(failed(cause));
    } catch (RuntimeException failed) {
      return isForLater(failed) ? null : outside(failed(failed));
    }
  }

  /** Where the service keeps its files is no business of those who read what came of a job. */
  private JobOutcome outside(JobOutcome ended) {
    String text = StoredJson.MAPPER.writeValueAsString(ended.summary());
    String other = environment.files().withoutPath(text);
    return other.equals(text)
        ? ended
        : new JobOutcome(
            ended.exit(), (ObjectNode) StoredJson.MAPPER.readTree(other), ended.waiting());
  }

  private static boolean isForLater(Throwable cause) {
    return cause instanceof DirectoryInUseException || Database.isAway(cause);
  }

  private static JobOutcome failed(Throwable cause) {
    Failure failure = Diagnosis.of(cause, OptionNames.API);
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.set("error", failure.json());
    return new JobOutcome(failure.exit(), summary);
  }

  private CompletionHandler<Void> ended(RunningJob run, @Nullable JobOutcome ended) {
    Job job = run.job();
    boolean stopped = ended == null || ended.exit() == ExitCode.INTERRUPTED;
    RunningJob.Reason reason = stopped ? reason(run) : null;
    boolean elsewhere = reason == RunningJob.Reason.SHUTDOWN || reason == RunningJob.Reason.LOST;
    if (ended == null || elsewhere) {
      JobLog.left(job, run.reason(), run.lasted());
      ending.queue(job);
      return later(job.id(), ended == null ? IN_TURN : Duration.ZERO);
    }
    if (reason == null && ended.waiting() != null) {
      ending.await(run, ended, ended.waiting());
      return done(job.id());
    }
    JobState state = JobState.FINISHED;
    if (reason == RunningJob.Reason.CANCELLED) {
      state = JobState.CANCELLED;
    } else if (reason == RunningJob.Reason.PAUSED) {
      state = JobState.PAUSED;
    }
    ending.note(run, state, ended);
    return done(job.id());
  }

  /** Why it stopped. What a person asked for while the process could not see it, counts more. */
  private RunningJob.@Nullable Reason reason(RunningJob run) {
    RunningJob.Reason reason = run.reason();
    if (reason != RunningJob.Reason.LOST) {
      return reason;
    }
    ControlRequest request =
        database.insist(() -> jobs.get(run.job().id())).map(Job::request).orElse(null);
    if (request == null) {
      return reason;
    }
    return request == ControlRequest.CANCEL
        ? RunningJob.Reason.CANCELLED
        : RunningJob.Reason.PAUSED;
  }

  /** It may have been resumed just before nothing was left to run it. */
  private CompletionHandler<Void> done(String id) {
    return (complete, operations) -> {
      leaveTask(id, operations::remove);
      if (database
          .insist(() -> jobs.get(id))
          .filter(job -> job.state() == JobState.QUEUED)
          .isPresent()) {
        Objects.requireNonNull(worker).submit(id);
      }
    };
  }

  private CompletionHandler<Void> later(String id, Duration delay) {
    return (complete, operations) ->
        leaveTask(
            id, () -> operations.reschedule(complete, Instant.now().plus(delay).plusMillis(1)));
  }

  /** Does what is to be done with the task, unless another process has it by now. */
  private void leaveTask(String id, Runnable work) {
    try {
      database.insist(
          () -> {
            work.run();
            return true;
          });
    } catch (com.github.kagkarlsson.scheduler.exceptions.ExecutionException taken) {
      LOG.info("job {} was taken over while the database was away", id);
    }
  }

  private void showWaiting(String id, String before) {
    if (!before.equals(waiting.get(id))) {
      events.state(id, JobState.QUEUED, before, clock.instant());
      waiting.put(id, before);
    }
  }
}
