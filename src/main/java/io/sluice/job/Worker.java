package io.sluice.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.sluice.job.store.Database;
import io.sluice.job.store.JobQueries;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration LOOKING = Duration.ofMillis(300);
  private static final Duration ADOPTING = Duration.ofSeconds(5);

  /** In the time of a take-over. */
  private static final int HEARTBEATS = 16;

  /** So often db-scheduler looks for processes that have died. */
  private static final int HEARTBEATS_PER_LOOK = 2;

  private final Database database;
  private final JobQueries queries;
  private final JobRunner runner;
  private final Clock clock;
  private final Scheduler scheduler;
  private final SchedulerClient client;
  private final Disposable looking;
  private final Disposable adopting;
  private final Disposable leases;

  /**
   * @param runner runs the jobs
   * @param others what else is to be run at some time
   * @param recurring what is to be run again and again, by one process
   */
  Worker(
      Database database,
      WorkerSettings settings,
      Clock clock,
      JobRunner runner,
      List<Task<?>> others,
      List<RecurringTask<?>> recurring) {
    this.database = database;
    this.queries = new JobQueries(database);
    this.clock = clock;
    this.runner = runner;
    runner.connect(this);
    Task<Void> task =
        Tasks.custom(TASK, Void.class)
            .onDeadExecution(new DeadExecutionHandler.ReviveDeadExecution<>())
            .onFailure(new SoonAgain<>())
            .execute(runner::execute);
    List<Task<?>> tasks = Stream.concat(others.stream(), Stream.of(task)).toList();
    this.client =
        SchedulerClient.Builder.create(database.source(), tasks)
            .jdbcCustomization(new AutodetectJdbcCustomization(database.source(), true))
            .build();
    this.scheduler =
        Scheduler.create(database.patientSource(), tasks)
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
            .concatMap(tick -> Mono.fromRunnable(this::obey), 1)
            .subscribe();
    this.adopting =
        Flux.interval(ADOPTING, Schedulers.boundedElastic())
            .onBackpressureDrop()
            .concatMap(tick -> Mono.fromRunnable(this::adopt), 1)
            .subscribe();
    database.whenBack(() -> Schedulers.boundedElastic().schedule(this::adopt));
  }

  /** Begins to take jobs, those first that no process has been asked to run. */
  void start() {
    if (database.alone()) {
      // Whoever ran them is dead; there is no need to wait until that is certain.
      database.freeTasks();
    }
    scheduler.start();
    adopt();
  }

  /**
   * Has the job run, here or elsewhere, as soon as possible. If the database goes away just now, it
   * is found when the database is back.
   */
  void submit(String job) {
    try {
      client.scheduleIfNotExists(new TaskInstance<>(TASK, job), clock.instant());
      scheduler.triggerCheckForDueExecutions();
    } catch (RuntimeException failed) {
      if (!Database.isAway(failed)) {
        throw failed;
      }
    }
  }

  /** Has the jobs run that wait for it, and were lost sight of when the database went away. */
  private void adopt() {
    try {
      queries.forgotten(TASK).forEach(this::submit);
    } catch (RuntimeException failed) {
      if (!Database.isAway(failed)) {
        LOG.error("jobs that wait could not be looked for", failed);
      }
    }
  }

  /** Looks for requests to the jobs that run here. */
  private void obey() {
    try {
      runner.obeyRequests();
    } catch (RuntimeException failed) {
      if (!Database.isAway(failed)) {
        LOG.error("requests to jobs that run could not be looked for", failed);
      }
    }
  }

  /** What else is to be run at some time. */
  SchedulerClient scheduler() {
    return client;
  }

  /** Looks at once for requests to jobs. */
  void nudge() {
    Schedulers.boundedElastic().schedule(this::obey);
  }

  /** Stops taking jobs, lets those that run finish what is in flight, and waits for that. */
  @Override
  public void close() {
    runner.stop();
    adopting.dispose();
    database.stopWaiting();
    scheduler.stop();
    looking.dispose();
    leases.dispose();
  }
}
