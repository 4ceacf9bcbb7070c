package io.sluice.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReschedule;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.sluice.disk.DirectoryInUseException;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import io.sluice.report.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the jobs that this process has taken, each on the thread that it was taken on, from its turn
 * to its end. Thread-safe.
 */
final class JobRunner {
  private static final Duration IN_TURN = Duration.ofSeconds(1);

  /** Whoever follows a job on a busy machine may be told of its last steps that much later. */
  private static final Duration STILL_TOLD = Duration.ofSeconds(10);

  private static final Set<Outcome> OPEN = Set.of(Outcome.UNKNOWN, Outcome.UNPROCESSED);

  private final JobStore jobs;
  private final EventStore events;
  private final TurnStore turns;
  private final Workbench bench;
  private final String process;
  private final Clock clock;
  private final JobListener listener;
  private final Consumer<String> submit;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private volatile boolean ending;

  /**
   * @param process what this process is called in the database
   * @param submit has a job run anew
   */
  JobRunner(
      JobStore jobs,
      EventStore events,
      TurnStore turns,
      Workbench bench,
      String process,
      JobListener listener,
      Consumer<String> submit) {
    this.jobs = jobs;
    this.events = events;
    this.turns = turns;
    this.bench = bench;
    this.process = process;
    this.clock = bench.clock();
    this.listener = listener;
    this.submit = submit;
  }

  /** Stops the jobs of which somebody wants that. Blocking. */
  void obeyWishes() {
    for (Running job : running.values()) {
      Wish wish = jobs.get(job.job().id()).map(Job::wish).orElse(null);
      if (wish != null) {
        job.stop(wish == Wish.CANCEL ? Running.Reason.CANCELLED : Running.Reason.PAUSED);
      }
    }
  }

  /** Stops the jobs that others may believe to be theirs. */
  void checkLeases() {
    running.values().forEach(Running::checkLease);
  }

  /** Stops every job that runs or begins from now on; they go on elsewhere, or later. */
  void stop() {
    ending = true;
    running.values().forEach(job -> job.stop(Running.Reason.SHUTDOWN));
  }

  /** Runs a job, if it is its turn, until it stands still. */
  CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
    String id = instance.getId();
    Job queued = jobs.get(id).orElse(null);
    boolean due =
        queued != null && (queued.state() == JobState.QUEUED || queued.state() == JobState.RUNNING);
    if (queued == null || !due) {
      // It may have kept its turn when its process was stopped.
      turns.release(id);
      return done(id);
    }
    Optional<String> before = turn(queued);
    if (before.isPresent()) {
      tellWaiting(id, before.get());
      return later(IN_TURN);
    }
    waiting.remove(id);
    Job job = jobs.begin(id, process, clock.instant()).orElse(null);
    if (job == null) {
      turns.release(id);
      return done(id);
    }
    JobLog.begun(queued, job);
    events.state(id, JobState.RUNNING, null, clock.instant());
    Running run = new Running(job, context.getCurrentlyExecuting());
    running.put(id, run);
    if (ending) {
      run.stop(Running.Reason.SHUTDOWN);
    }
    try {
      return ended(run, work(run));
    } finally {
      running.remove(id);
    }
  }

  /** Jobs that change the same records of an account go one after the other. */
  private Optional<String> turn(Job job) {
    return job.changes() ? turns.take(job) : Optional.empty();
  }

  /** Null if the job's directory is in use, so that this is not the time for it. */
  private @Nullable Ended work(Running run) {
    Job job = run.job();
    try (ProgressLog progress = new ProgressLog(job, jobs, events, clock)) {
      return Work.of(job.spec(), bench).run(job, progress, run.stop()).toFuture().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      run.stop(Running.Reason.SHUTDOWN);
      return null;
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      return Exceptions.unwrap(cause) instanceof DirectoryInUseException ? null : failed(cause);
    } catch (RuntimeException failed) {
      return failed(failed);
    }
  }

  private static Ended failed(Throwable cause) {
    Failure failure = Diagnosis.of(cause);
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.set("error", failure.json());
    return new Ended(failure.exit(), summary);
  }

  private CompletionHandler<Void> ended(Running run, @Nullable Ended ended) {
    Running.Reason reason = run.reason();
    boolean stopped = ended == null || ended.exit() == ExitCode.INTERRUPTED;
    Job job = run.job();
    boolean elsewhere = reason == Running.Reason.SHUTDOWN || reason == Running.Reason.LOST;
    if (ended == null || (stopped && elsewhere)) {
      JobLog.left(job, reason, run.lasted());
      jobs.leave(job.id(), job.fence(), JobState.QUEUED, null, null, null, clock.instant());
      events.state(job.id(), JobState.QUEUED, null, clock.instant());
      return later(ended == null ? IN_TURN : Duration.ZERO);
    }
    JobState state = JobState.FINISHED;
    if (stopped && reason == Running.Reason.CANCELLED) {
      state = JobState.CANCELLED;
    } else if (stopped && reason == Running.Reason.PAUSED) {
      state = JobState.PAUSED;
    }
    note(run, state, ended);
    return done(job.id());
  }

  /** Notes what came of it, and tells of it, unless another process has taken the job over. */
  private void note(Running run, JobState state, Ended ended) {
    Job job = run.job();
    int exit = ended.exit().number();
    ObjectNode summary = ended.summary().put("exit", exit);
    String text = JobStore.JSON.writeValueAsString(summary);
    RowCounts before = jobs.told(job.id());
    RowCounts rows = settled(state, exit, summary).beyond(before);
    Integer code = state.ended() ? Integer.valueOf(exit) : null;
    boolean noted =
        jobs.leave(job.id(), job.fence(), state, code, text, before.plus(rows), clock.instant());
    if (!noted) {
      JobLog.overtaken(job, run.lasted());
    } else {
      JobLog.settled(job, state, exit, run.lasted());
      turns.release(job.id());
      events.state(job.id(), state, null, clock.instant());
      if (state.ended()) {
        Instant now = clock.instant();
        events.thin(job.id(), now.minus(STILL_TOLD));
        events.add(job.id(), "done", text, now);
      }
      jobs.get(job.id()).ifPresent(now -> tell(now, state, rows));
    }
  }

  /** The rows that stay as they are, even if the job goes on. */
  private static RowCounts settled(JobState state, int exit, ObjectNode summary) {
    boolean goesOn = Lifecycle.canResume(state, exit);
    return RowCounts.of(summary, outcome -> !(goesOn && OPEN.contains(outcome)));
  }

  private void tell(Job job, JobState state, RowCounts rows) {
    listener.settled(job, rows);
    if (state.ended()) {
      listener.ended(job);
    }
  }

  /** Somebody may have let it go on just before nobody was left to run it. */
  private CompletionHandler<Void> done(String id) {
    return (complete, operations) -> {
      operations.remove();
      if (jobs.get(id).filter(job -> job.state() == JobState.QUEUED).isPresent()) {
        submit.accept(id);
      }
    };
  }

  private CompletionHandler<Void> later(Duration delay) {
    return new OnCompleteReschedule<>(FixedDelay.of(delay.plusMillis(1)));
  }

  private void tellWaiting(String id, String before) {
    if (!before.equals(waiting.put(id, before))) {
      events.state(id, JobState.QUEUED, before, clock.instant());
    }
  }
}
