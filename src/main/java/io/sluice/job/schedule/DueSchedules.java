package io.sluice.job.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.sluice.config.UsageException;
import io.sluice.job.Job;
import io.sluice.job.JobListener;
import io.sluice.job.Made;
import io.sluice.job.SoonAgain;
import io.sluice.job.store.Database;
import io.sluice.job.store.RequestKey;
import io.sluice.pipeline.ClockSkewException;
import io.sluice.pipeline.Diagnosis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the jobs of schedules when they are due, once each, by whichever process comes first. What
 * fell due while no process ran is made up for once. A job that could not be made is noted with the
 * schedule. Blocking; thread-safe.
 */
final class DueSchedules {
  private static final Logger LOG = LoggerFactory.getLogger(DueSchedules.class);
  private static final String TASK = Schedules.TASK;

  /** After what is not the schedule's own fault, which may pass before it is due again. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final ScheduleStore store;
  private final Clock clock;
  private final JobListener listener;
  private @Nullable SchedulerClient client;
  private Schedules.@Nullable Maker maker;

  DueSchedules(ScheduleStore store, Clock clock, JobListener listener) {
    this.store = store;
    this.clock = clock;
    this.listener = listener;
  }

  /** Connects both ends. */
  void connect(SchedulerClient scheduler, Schedules.Maker jobs) {
    this.client = scheduler;
    this.maker = jobs;
  }

  /** The task that db-scheduler runs when a schedule is due. */
  Task<Void> task() {
    return Tasks.custom(TASK, Void.class)
        .onDeadExecutionRevive()
        .onFailure(new SoonAgain<>())
        .execute(this::due);
  }

  /** Plans what a process that was killed has left unplanned. */
  void planMissing() {
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

  /**
   * Plans again what is planned for later than the next time at which it is due. That is what a
   * clock leaves behind that was ahead when a job was made: nothing would be made until then.
   *
   * @param schedules with when they are due
   */
  void recall(List<Schedule> schedules) {
    Instant now = clock.instant();
    for (Schedule schedule : schedules) {
      Instant planned = schedule.nextAt();
      if (planned != null && !schedule.paused()) {
        try {
          DueTimes times = times(schedule);
          if (planned.isAfter(times.after(now.plus(ClockSkewException.TOLERATED)))) {
            move(schedule, planned, times.after(now));
          }
        } catch (UsageException unusable) {
          LOG.debug("schedule '{}' has no times that can be used", schedule.name(), unusable);
        }
      }
    }
  }

  private void move(Schedule schedule, Instant planned, Instant next) {
    try {
      Objects.requireNonNull(client).reschedule(TaskInstanceId.of(TASK, schedule.id()), next);
      LOG.warn(
          "schedule '{}' was planned for {}, by a clock that was ahead; it is due at {}",
          schedule.name(),
          planned,
          next);
    } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException due) {
      // It is planned when that is done.
      LOG.debug("schedule {} is due at this moment", schedule.id(), due);
    }
  }

  /** Makes the schedule's job. */
  Made<Job> make(Schedule schedule, String caller, @Nullable RequestKey key) {
    return Objects.requireNonNull(maker).make(schedule, caller, key);
  }

  private CompletionHandler<Void> due(TaskInstance<Void> instance, ExecutionContext context) {
    Schedule schedule = store.get(instance.getId()).orElse(null);
    if (schedule == null || schedule.paused()) {
      return new CompletionHandler.OnCompleteRemove<>();
    }
    Instant due = context.getExecution().getExecutionTime();
    @Nullable Instant retry = null;
    String waiting = store.waiting(schedule).orElse(null);
    if (waiting != null) {
      LOG.info(
          "schedule '{}' is due; its job {} has not begun and makes up for it",
          schedule.name(),
          waiting);
      return planned(schedule.id(), due, null);
    }
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
      store.failed(schedule.id(), new Schedule.Failure(Schedules.exact(clock.instant()), reason));
    } catch (RuntimeException unreachable) {
      LOG.warn("that is not noted with the schedule either", unreachable);
    }
  }

  /** Has the schedule's next job made when it is due. */
  void plan(Schedule schedule) {
    Objects.requireNonNull(client)
        .scheduleIfNotExists(
            new TaskInstance<>(TASK, schedule.id()), times(schedule).after(clock.instant()));
  }

  /** Forgets when a schedule is due. */
  void unplan(String id) {
    TaskInstanceId task = TaskInstanceId.of(TASK, id);
    if (Objects.requireNonNull(client).getScheduledExecution(task).isPresent()) {
      try {
        Objects.requireNonNull(client).cancel(task);
      } catch (ExecutionException gone) {
        if (Objects.requireNonNull(client).getScheduledExecution(task).isPresent()) {
          throw gone;
        }
        LOG.debug("another process has forgotten schedule {}", id, gone);
      } catch (TaskInstanceCurrentlyExecutingException due) {
        // It is planned as the schedule is now when that is done.
        LOG.debug("schedule {} is due at this moment", id, due);
      }
    }
  }

  /** The schedule with when it is due. */
  Schedule timed(Schedule schedule) {
    return schedule.dueAt(
        Objects.requireNonNull(client)
            .getScheduledExecution(TaskInstanceId.of(TASK, schedule.id()))
            .map(ScheduledExecution::getExecutionTime)
            .orElse(null));
  }

  private static DueTimes times(Schedule schedule) {
    return DueTimes.of(schedule.cron(), schedule.zone());
  }
}
