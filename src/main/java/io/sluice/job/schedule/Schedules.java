package io.sluice.job.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.sluice.config.UsageException;
import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobListener;
import io.sluice.job.JobRefusedException;
import io.sluice.job.JobSpec;
import io.sluice.job.Made;
import io.sluice.job.SoonAgain;
import io.sluice.job.store.Database;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import io.sluice.pipeline.Diagnosis;
import io.sluice.report.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that are made again and again, by whichever process comes first. What fell due while no
 * process ran is made up for once. A job that could not be made is noted with the schedule.
 * Blocking; thread-safe.
 */
public final class Schedules {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
  private static final String TASK = "schedule";

  /** After what is not the schedule's own fault, which may pass before it is due again. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final ScheduleStore store;
  private final RequestKeys keys;
  private final Clock clock;
  private final JobListener listener;
  private @Nullable SchedulerClient client;
  private @Nullable Maker maker;

  public Schedules(Database database, Clock clock, JobListener listener) {
    this.store = new ScheduleStore(database);
    this.keys = new RequestKeys(database, clock);
    this.clock = clock;
    this.listener = listener;
  }

  /** Makes the job of a schedule on behalf of a caller. */
  @FunctionalInterface
  public interface Maker {
    Made<Job> make(Schedule schedule, String caller, @Nullable RequestKey key);
  }

  /** Connects both ends. */
  public void connect(SchedulerClient scheduler, Maker jobs) {
    this.client = scheduler;
    this.maker = jobs;
  }

  /** What db-scheduler runs when a schedule is due. */
  public Task<Void> task() {
    return Tasks.custom(TASK, Void.class)
        .onDeadExecutionRevive()
        .onFailure(new SoonAgain<>())
        .execute(this::due);
  }

  /** Plans what a process that was killed has left unplanned. */
  public void planMissing() {
    for (Schedule schedule : store.all()) {
      if (!schedule.paused()) {
        try {
          plan(schedule);
        } catch (UsageException unusable) {
          failed(schedule, unusable);
        }
      }
    }
  }

  /** All of them, by name. */
  public List<Schedule> all() {
    return store.all().stream().map(this::timed).toList();
  }

  /** How many could not make their job the last time, by its kind. */
  public Map<JobKind, Long> failing() {
    return store.failing();
  }

  /** The schedule of that id. */
  public Optional<Schedule> get(String id) {
    return store.get(id).map(this::timed);
  }

  /**
   * Adds a schedule.
   *
   * @throws UsageException if its times cannot be understood or never come, or its name is none
   */
  public Schedule add(
      String name, JobSpec job, String cron, String zone, boolean paused, String caller) {
    return add(name, job, cron, zone, paused, caller, null).thing();
  }

  /**
   * Adds a schedule, unless the same request has added it before.
   *
   * @throws UsageException if its times cannot be understood or never come, or its name is none
   * @throws JobRefusedException if the key was used for another request
   */
  public Made<Schedule> add(
      String name,
      JobSpec job,
      String cron,
      String zone,
      boolean paused,
      String caller,
      @Nullable RequestKey key) {
    DueTimes.of(cron, zone);
    Instant now = now();
    String id = RunId.at(now).text();
    Schedule schedule =
        new Schedule(
            id,
            ScheduleName.of(name),
            job,
            cron.strip(),
            zone,
            paused,
            caller,
            now,
            now,
            null,
            null,
            null);
    Made<Schedule> made =
        keys.once(
            key,
            store::get,
            note -> {
              store.add(schedule, handle -> note.made(handle, id));
              return schedule;
            });
    if (!made.thing().paused()) {
      plan(made.thing());
    }
    return new Made<>(timed(made.thing()), made.again());
  }

  /**
   * Changes a schedule.
   *
   * @return empty if there is none of that id
   * @throws UsageException if its times cannot be understood or never come, or its name is none
   */
  public Optional<Schedule> replace(
      String id, String name, JobSpec job, String cron, String zone, boolean paused) {
    DueTimes.of(cron, zone);
    Schedule before = store.get(id).orElse(null);
    if (before == null) {
      return Optional.empty();
    }
    boolean planned =
        before.cron().equals(cron.strip())
            && before.zone().equals(zone)
            && before.paused() == paused;
    Schedule after =
        new Schedule(
            id,
            // A name of before there was a limit may stay.
            name.equals(before.name()) ? name : ScheduleName.of(name),
            job,
            cron.strip(),
            zone,
            paused,
            before.madeBy(),
            before.madeAt(),
            planned ? before.plannedAt() : now(),
            null,
            before.lastJob(),
            before.failure());
    store.replace(after);
    if (!planned) {
      unplan(id);
    }
    if (!paused) {
      plan(after);
    }
    return get(id);
  }

  /** Removes a schedule; false if there was none. What it made stays. */
  public boolean remove(String id) {
    boolean removed = store.remove(id);
    unplan(id);
    return removed;
  }

  /** Makes the schedule's job now, besides; empty if there is no such schedule. */
  public Optional<Job> run(String id, String caller) {
    return run(id, caller, null).map(Made::thing);
  }

  /**
   * Makes the schedule's job now, besides, unless the same request has made it before; empty if
   * there is no such schedule.
   *
   * @throws JobRefusedException if the key was used for another request
   */
  public Optional<Made<Job>> run(String id, String caller, @Nullable RequestKey key) {
    return store.get(id).map(schedule -> make(schedule, caller, key));
  }

  private Made<Job> make(Schedule schedule, String caller, @Nullable RequestKey key) {
    return Objects.requireNonNull(maker).make(schedule, caller, key);
  }

  private CompletionHandler<Void> due(TaskInstance<Void> instance, ExecutionContext context) {
    Schedule schedule = store.get(instance.getId()).orElse(null);
    if (schedule == null || schedule.paused()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    Instant due = context.getExecution().getExecutionTime();
    @Nullable Instant retry = null;
    try {
      // A process that is killed now is followed by another one that does the same.
      RequestKey once = new RequestKey("schedule " + schedule.id(), "due", due.toString(), "due");
      make(schedule, "schedule " + schedule.name(), once);
    } catch (UsageException unusable) {
      // The account or the snapshot may be gone; it may be back when it is due again.
      failed(schedule, unusable);
    } catch (RuntimeException trouble) {
      if (Database.isAway(trouble)) {
        throw trouble;
      }
      failed(schedule, trouble);
      retry = clock.instant().plus(RETRY);
    }
    return planned(schedule.id(), due, retry);
  }

  /** As the schedule is by now: it may have been changed meanwhile. */
  private CompletionHandler<Void> planned(String id, Instant due, @Nullable Instant retry) {
    Schedule schedule = store.get(id).orElse(null);
    if (schedule == null || schedule.paused()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    Instant now = clock.instant();
    Instant next;
    try {
      // Another process, whose clock was ahead, may have made the last job.
      next = times(schedule).after(due.isAfter(now) ? due : now);
    } catch (UsageException unusable) {
      failed(schedule, unusable);
      return new CompletionHandler.OnCompleteRemove<>();
    }
    Instant soonest = retry != null && retry.isBefore(next) ? retry : next;
    return (complete, operations) -> operations.reschedule(complete, soonest);
  }

  private void failed(Schedule schedule, RuntimeException error) {
    String reason = Diagnosis.of(error).message();
    if (error instanceof UsageException) {
      LOG.warn("schedule '{}' could not make its job: {}", schedule.name(), reason);
    } else {
      LOG.warn("schedule '{}' could not make its job", schedule.name(), error);
    }
    listener.notMade(schedule.job().jobKind());
    try {
      store.failed(schedule.id(), new Schedule.Failure(now(), reason));
    } catch (RuntimeException unreachable) {
      LOG.warn("that is not noted with the schedule either", unreachable);
    }
  }

  private void plan(Schedule schedule) {
    Objects.requireNonNull(client)
        .scheduleIfNotExists(
            new TaskInstance<>(TASK, schedule.id()), times(schedule).after(clock.instant()));
  }

  private void unplan(String id) {
    TaskInstanceId task = TaskInstanceId.of(TASK, id);
    if (Objects.requireNonNull(client).getScheduledExecution(task).isPresent()) {
      try {
        Objects.requireNonNull(client).cancel(task);
      } catch (TaskInstanceCurrentlyExecutingException due) {
        // It is planned as the schedule is now when that is done.
        LOG.debug("schedule {} is due at this moment", id, due);
      }
    }
  }

  private Schedule timed(Schedule schedule) {
    return schedule.dueAt(
        Objects.requireNonNull(client)
            .getScheduledExecution(TaskInstanceId.of(TASK, schedule.id()))
            .map(ScheduledExecution::getExecutionTime)
            .orElse(null));
  }

  private static DueTimes times(Schedule schedule) {
    return DueTimes.of(schedule.cron(), schedule.zone());
  }

  /** As exact as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
