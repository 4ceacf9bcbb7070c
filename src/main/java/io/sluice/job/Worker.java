package io.sluice.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReschedule;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.sluice.disk.DirectoryInUseException;
import io.sluice.pipeline.Diagnosis;
import io.sluice.pipeline.Failure;
import io.sluice.report.ExitCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs jobs on this process. Which process runs which job, and who takes over from one that died,
 * is db-scheduler's business; a job that is taken over goes on from its journal.
 */
final class Worker implements AutoCloseable {
  private static final String TASK = "job";
  private static final Duration LOOKING = Duration.ofMillis(300);
  private static final Duration IN_TURN = Duration.ofSeconds(1);

  /** In the time of a take-over. */
  private static final int HEARTBEATS = 16;

  /** So often db-scheduler looks for processes that have died. */
  private static final int HEARTBEATS_PER_LOOK = 2;

  /** Whoever follows a job on a busy machine may be told of its last steps that much later. */
  private static final Duration STILL_TOLD = Duration.ofSeconds(10);

  private final Database database;
  private final JobStore jobs;
  private final EventStore events;
  private final TurnStore turns;
  private final Workbench bench;
  private final WorkerSettings settings;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Consumer<Job> listener;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private final Disposable looking;
  private final Disposable leases;
  private volatile boolean ending;

  Worker(
      Database database,
      JobStore jobs,
      EventStore events,
      Workbench bench,
      WorkerSettings settings,
      List<Task<?>> others,
      Consumer<Job> listener) {
    this.database = database;
    this.jobs = jobs;
    this.events = events;
    this.turns = new TurnStore(database);
    this.bench = bench;
    this.settings = settings;
    this.clock = bench.clock();
    this.listener = listener;
    Task<Void> task =
        Tasks.custom(TASK, Void.class)
            .onDeadExecution(new DeadExecutionHandler.ReviveDeadExecution<>())
            .execute(this::execute);
    List<Task<?>> all = new ArrayList<>(others);
    all.add(task);
    this.scheduler =
        Scheduler.create(database.source(), all)
            .schedulerName(new SchedulerName.Fixed(settings.name()))
            .threads(settings.jobs())
            .pollingInterval(settings.polling())
            .heartbeatInterval(settings.takeOver().dividedBy(HEARTBEATS))
            .missedHeartbeatsLimit(HEARTBEATS - HEARTBEATS_PER_LOOK)
            .shutdownMaxWait(settings.shutdown())
            .enableImmediateExecution()
            .alwaysPersistTimestampInUTC()
            .build();
    // Apart from what asks the database, which may be just what cannot be reached.
    this.leases =
        Schedulers.parallel()
            .schedulePeriodically(
                () -> running.values().forEach(Running::checkLease),
                LOOKING.toMillis(),
                LOOKING.toMillis(),
                TimeUnit.MILLISECONDS);
    this.looking =
        Flux.interval(LOOKING, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> Mono.fromRunnable(this::look).onErrorComplete(), 1)
            .subscribe();
  }

  /** Begins to take jobs, those first that nobody has been told to run. */
  void start() {
    if (database.alone()) {
      // Whoever ran them is dead; there is no need to wait until that is certain.
      database.freeTasks();
    }
    scheduler.start();
    jobs.in(JobState.QUEUED).forEach(job -> submit(job.id()));
    jobs.in(JobState.RUNNING).forEach(job -> submit(job.id()));
  }

  /** Has the job run, here or elsewhere, as soon as possible. */
  void submit(String job) {
    scheduler.scheduleIfNotExists(new TaskInstance<>(TASK, job), clock.instant());
  }

  /** What else is to be run at some time. */
  Scheduler scheduler() {
    return scheduler;
  }

  /** How many jobs this process runs. */
  int running() {
    return running.size();
  }

  /** Looks at once for what somebody wants of a job. */
  void nudge() {
    Schedulers.boundedElastic().schedule(this::look);
  }

  private void look() {
    for (Running job : running.values()) {
      Wish wish = jobs.get(job.job().id()).map(Job::wish).orElse(null);
      if (wish != null) {
        job.stop(wish == Wish.CANCEL ? Running.Reason.CANCELLED : Running.Reason.PAUSED);
      }
    }
  }

  private CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
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
    Job job = jobs.begin(id, settings.name(), clock.instant()).orElse(null);
    if (job == null) {
      turns.release(id);
      return done(id);
    }
    tell(id, JobState.RUNNING, null);
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
    boolean changes = !job.dryRun() && job.kind() != JobKind.EXPORT && job.kind() != JobKind.DIFF;
    return changes ? turns.take(job.account(), job.resources(), job.id()) : Optional.empty();
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
    if (ended == null || (stopped && (reason == Running.Reason.SHUTDOWN || lost(run)))) {
      jobs.leave(job.id(), job.fence(), JobState.QUEUED, null, null, clock.instant());
      tell(job.id(), JobState.QUEUED, null);
      return later(ended == null ? IN_TURN : Duration.ZERO);
    }
    JobState state = JobState.FINISHED;
    if (stopped && reason == Running.Reason.CANCELLED) {
      state = JobState.CANCELLED;
    } else if (stopped && reason == Running.Reason.PAUSED) {
      state = JobState.PAUSED;
    }
    int exit = ended.exit().number();
    ObjectNode summary = ended.summary().put("exit", exit);
    String text = JobStore.JSON.writeValueAsString(summary);
    boolean noted =
        jobs.leave(
            job.id(),
            job.fence(),
            state,
            state.ended() ? Integer.valueOf(exit) : null,
            text,
            clock.instant());
    if (noted) {
      turns.release(job.id());
      tell(job.id(), state, null);
      if (state.ended()) {
        Instant now = clock.instant();
        events.thin(job.id(), now.minus(STILL_TOLD));
        events.add(job.id(), "done", text, now);
        jobs.get(job.id()).ifPresent(listener);
      }
    }
    return done(job.id());
  }

  private static boolean lost(Running run) {
    return run.reason() == Running.Reason.LOST;
  }

  /** Somebody may have let it go on just before nobody was left to run it. */
  private CompletionHandler<Void> done(String id) {
    return (complete, operations) -> {
      operations.remove();
      if (jobs.get(id).filter(job -> job.state() == JobState.QUEUED).isPresent()) {
        submit(id);
      }
    };
  }

  private CompletionHandler<Void> later(Duration delay) {
    return new OnCompleteReschedule<>(FixedDelay.of(delay.plusMillis(1)));
  }

  private void tellWaiting(String id, String before) {
    if (!before.equals(waiting.put(id, before))) {
      tell(id, JobState.QUEUED, before);
    }
  }

  private void tell(String id, JobState state, @Nullable String behind) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("state", state.label());
    if (behind != null) {
      event.put("waits_for", behind);
    }
    events.add(id, "state", JobStore.JSON.writeValueAsString(event), clock.instant());
  }

  /** Stops taking jobs, lets those that run finish what is in flight, and waits for that. */
  @Override
  public void close() {
    ending = true;
    running.values().forEach(job -> job.stop(Running.Reason.SHUTDOWN));
    scheduler.stop();
    looking.dispose();
    leases.dispose();
  }
}
