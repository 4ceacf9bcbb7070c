package io.sluice.job;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.sluice.config.UsageException;
import io.sluice.report.RunId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are made again and again, by whichever process comes first. What fell due while no
 * process ran is made up for once. Blocking; thread-safe.
 */
public final class Schedules {
  private static final String TASK = "schedule";

  private final ScheduleStore store;
  private final Clock clock;
  private @Nullable SchedulerClient client;
  private @Nullable BiFunction<Schedule, String, Job> maker;

  Schedules(Database database, Clock clock) {
    this.store = new ScheduleStore(database);
    this.clock = clock;
  }

  /**
   * Connects both ends.
   *
   * @param maker makes the job of a schedule for somebody
   */
  void connect(SchedulerClient scheduler, BiFunction<Schedule, String, Job> maker) {
    this.client = scheduler;
    this.maker = maker;
  }

  /** What db-scheduler runs when a schedule is due. */
  Task<Void> task() {
    return Tasks.custom(TASK, Void.class)
        .onDeadExecutionRevive()
        .onFailure(new SoonAgain<>())
        .execute(this::due);
  }

  /** All of them, by name. */
  public List<Schedule> all() {
    return store.all().stream().map(this::timed).toList();
  }

  /** The schedule of that id. */
  public Optional<Schedule> get(String id) {
    return store.get(id).map(this::timed);
  }

  /**
   * Adds a schedule.
   *
   * @throws UsageException if its times cannot be understood
   */
  public Schedule add(
      String name, JobSpec job, String cron, String zone, boolean paused, String caller) {
    Times times = Times.of(cron, zone);
    String id = RunId.at(clock.instant()).text();
    Schedule schedule =
        new Schedule(id, named(name), job, cron, zone, paused, caller, clock.instant(), null, null);
    store.add(schedule);
    plan(schedule, times);
    return timed(schedule);
  }

  /**
   * Changes a schedule.
   *
   * @return empty if there is none of that id
   * @throws UsageException if its times cannot be understood
   */
  public Optional<Schedule> replace(
      String id, String name, JobSpec job, String cron, String zone, boolean paused) {
    Times times = Times.of(cron, zone);
    Schedule before = store.get(id).orElse(null);
    if (before == null) {
      return Optional.empty();
    }
    Schedule after =
        new Schedule(
            id,
            named(name),
            job,
            cron,
            zone,
            paused,
            before.madeBy(),
            before.madeAt(),
            null,
            before.lastJob());
    store.replace(after);
    plan(after, times);
    return get(id);
  }

  /** Removes a schedule; false if there was none. What it made stays. */
  public boolean remove(String id) {
    unplan(id);
    return store.remove(id);
  }

  /** Makes the schedule's job now, besides; empty if there is no such schedule. */
  public Optional<Job> run(String id, String caller) {
    return store.get(id).map(schedule -> make(schedule, caller));
  }

  private Job make(Schedule schedule, String caller) {
    Job job = Objects.requireNonNull(maker).apply(schedule, caller);
    store.made(schedule.id(), job.id());
    return job;
  }

  private CompletionHandler<Void> due(TaskInstance<Void> instance, ExecutionContext context) {
    Schedule schedule = store.get(instance.getId()).orElse(null);
    if (schedule == null || schedule.paused()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    try {
      make(schedule, "schedule " + schedule.name());
    } catch (UsageException unusable) {
      // The account or the snapshot may be gone; it may be back when it is due again.
      org.slf4j.LoggerFactory.getLogger(Schedules.class)
          .warn("schedule '{}' could not make its job: {}", schedule.name(), unusable.getMessage());
    }
    Instant next = Times.of(schedule.cron(), schedule.zone()).after(clock.instant());
    return (complete, operations) -> operations.reschedule(complete, next);
  }

  private void plan(Schedule schedule, Times times) {
    unplan(schedule.id());
    if (!schedule.paused()) {
      Objects.requireNonNull(client)
          .scheduleIfNotExists(
              new TaskInstance<>(TASK, schedule.id()), times.after(clock.instant()));
    }
  }

  private void unplan(String id) {
    TaskInstanceId task = TaskInstanceId.of(TASK, id);
    if (Objects.requireNonNull(client).getScheduledExecution(task).isPresent()) {
      Objects.requireNonNull(client).cancel(task);
    }
  }

  private Schedule timed(Schedule schedule) {
    Instant next =
        Objects.requireNonNull(client)
            .getScheduledExecution(TaskInstanceId.of(TASK, schedule.id()))
            .map(ScheduledExecution::getExecutionTime)
            .orElse(null);
    return new Schedule(
        schedule.id(),
        schedule.name(),
        schedule.job(),
        schedule.cron(),
        schedule.zone(),
        schedule.paused(),
        schedule.madeBy(),
        schedule.madeAt(),
        next,
        schedule.lastJob());
  }

  private static String named(String name) {
    if (name.isBlank() || name.length() > 100) {
      throw new UsageException("a schedule has a name of 1 to 100 characters", null);
    }
    return name;
  }
}
