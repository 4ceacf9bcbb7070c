package io.sluice.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes jobs for this process. Which process runs which job, and who takes over from one that died,
 * is db-scheduler's business; a job that is taken over goes on from its journal.
 */
final class Worker implements AutoCloseable {
  private static final String TASK = "job";
  private static final Duration LOOKING = Duration.ofMillis(300);

  /** In the time of a take-over. */
  private static final int HEARTBEATS = 16;

  /** So often db-scheduler looks for processes that have died. */
  private static final int HEARTBEATS_PER_LOOK = 2;

  private final Database database;
  private final JobQueries queries;
  private final JobRunner runner;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Disposable looking;
  private final Disposable leases;

  /**
   * @param others what else is to be run at some time
   * @param recurring what is to be run again and again, by one process
   */
  Worker(
      Database database,
      JobStore jobs,
      EventStore events,
      Workbench bench,
      WorkerSettings settings,
      List<Task<?>> others,
      List<RecurringTask<?>> recurring,
      JobListener listener) {
    this.database = database;
    this.queries = new JobQueries(database);
    this.clock = bench.clock();
    TurnStore turns = new TurnStore(database);
    this.runner =
        new JobRunner(jobs, events, turns, bench, settings.name(), listener, this::submit);
    Task<Void> task =
        Tasks.custom(TASK, Void.class)
            .onDeadExecution(new DeadExecutionHandler.ReviveDeadExecution<>())
            .execute(runner::execute);
    this.scheduler =
        Scheduler.create(
                database.source(), Stream.concat(others.stream(), Stream.of(task)).toList())
            .startTasks(recurring)
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
                runner::checkLeases, LOOKING.toMillis(), LOOKING.toMillis(), TimeUnit.MILLISECONDS);
    this.looking =
        Flux.interval(LOOKING, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> Mono.fromRunnable(runner::obeyWishes).onErrorComplete(), 1)
            .subscribe();
  }

  /** Begins to take jobs, those first that nobody has been told to run. */
  void start() {
    if (database.alone()) {
      // Whoever ran them is dead; there is no need to wait until that is certain.
      database.freeTasks();
    }
    scheduler.start();
    queries.in(JobState.QUEUED).forEach(job -> submit(job.id()));
    queries.in(JobState.RUNNING).forEach(job -> submit(job.id()));
  }

  /** Has the job run, here or elsewhere, as soon as possible. */
  void submit(String job) {
    scheduler.scheduleIfNotExists(new TaskInstance<>(TASK, job), clock.instant());
  }

  /** What else is to be run at some time. */
  Scheduler scheduler() {
    return scheduler;
  }

  /** Looks at once for what somebody wants of a job. */
  void nudge() {
    Schedulers.boundedElastic().schedule(runner::obeyWishes);
  }

  /** Stops taking jobs, lets those that run finish what is in flight, and waits for that. */
  @Override
  public void close() {
    runner.stop();
    scheduler.stop();
    looking.dispose();
    leases.dispose();
  }
}
