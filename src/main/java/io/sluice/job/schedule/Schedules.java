package io.sluice.job.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.sluice.config.UsageException;
import io.sluice.job.Job;
import io.sluice.job.JobKind;
import io.sluice.job.JobListener;
import io.sluice.job.JobRefusedException;
import io.sluice.job.Made;
import io.sluice.job.spec.JobSpec;
import io.sluice.job.store.Database;
import io.sluice.job.store.RequestKey;
import io.sluice.job.store.RequestKeys;
import io.sluice.report.RunId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are made again and again: listed, added, changed and removed. Of two changes at once
 * one is made after the other, so that a schedule is planned as it stays. Blocking; thread-safe.
 */
public final class Schedules {
  /** The name of their task in db-scheduler. */
  static final String TASK = "schedule";

  private final ScheduleStore store;
  private final RequestKeys keys;
  private final Clock clock;
  private final DueSchedules due;

  public Schedules(Database database, Clock clock, JobListener listener) {
    this.store = new ScheduleStore(database);
    this.keys = new RequestKeys(database, clock);
    this.clock = clock;
    this.due = new DueSchedules(store, clock, listener);
  }

  /** Makes the job of a schedule on behalf of a caller. */
  @FunctionalInterface
  public interface Maker {
    Made<Job> make(Schedule schedule, String caller, @Nullable RequestKey key);
  }

  /** Connects both ends. */
  public void connect(SchedulerClient scheduler, Maker jobs) {
    due.connect(scheduler, jobs);
  }

  /** The task that db-scheduler runs when a schedule is due. */
  public Task<Void> task() {
    return due.task();
  }

  /** Plans what a process that was killed has left unplanned. */
  public void planMissing() {
    due.planMissing();
  }

  /** Plans again what a clock that was ahead has planned too late. */
  void recall() {
    due.recall(all());
  }

  /** All of them, by name. */
  public List<Schedule> all() {
    return store.all().stream().map(due::timed).toList();
  }

  /** How many could not make their job the last time, by its kind. */
  public Map<JobKind, Long> failing() {
    return store.failing();
  }

  /** The schedule of that id. */
  public Optional<Schedule> get(String id) {
    return store.get(id).map(due::timed);
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
      due.plan(made.thing());
    }
    return new Made<>(due.timed(made.thing()), made.again());
  }

  /**
   * Changes a schedule.
   *
   * @param caller who does; an author of the jobs that it makes from now on if they change
   * @return empty if there is none of that id
   * @throws UsageException if its times cannot be understood or never come, or its name is none
   */
  public synchronized Optional<Schedule> replace(
      String id,
      String name,
      JobSpec job,
      String cron,
      String zone,
      boolean paused,
      String caller) {
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
    store.replace(after, before.job().equals(job) ? null : caller);
    if (!planned) {
      due.unplan(id);
    }
    if (!paused) {
      due.plan(after);
    }
    return get(id);
  }

  /** Removes a schedule; false if there was none. What it made stays. */
  public synchronized boolean remove(String id) {
    boolean removed = store.remove(id);
    due.unplan(id);
    return removed;
  }

  /**
   * Makes the schedule's job now, besides, unless the same request has made it before; empty if
   * there is no such schedule.
   *
   * @throws JobRefusedException if the key was used for another request
   */
  public Optional<Made<Job>> run(String id, String caller, @Nullable RequestKey key) {
    return store.get(id).map(schedule -> due.make(schedule, caller, key));
  }

  /** As exact as the database keeps it. */
  static Instant exact(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private Instant now() {
    return exact(clock.instant());
  }
}
