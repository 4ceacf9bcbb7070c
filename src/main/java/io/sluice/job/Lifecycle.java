package io.sluice.job;

import io.sluice.report.ExitCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How people end jobs, stop them and let them go on. Blocking; thread-safe. */
final class Lifecycle {
  private static final Set<Integer> RESUMABLE =
      Set.of(
          ExitCode.NOT_PERMITTED.number(),
          ExitCode.GAVE_UP.number(),
          ExitCode.FATE_UNKNOWN.number(),
          ExitCode.INTERRUPTED.number());

  private final JobStore store;
  private final EventStore events;
  private final Uploads uploads;
  private final Worker worker;
  private final Clock clock;

  Lifecycle(JobStore store, EventStore events, Workbench bench, Worker worker) {
    this.store = store;
    this.events = events;
    this.uploads = bench.uploads();
    this.worker = worker;
    this.clock = bench.clock();
  }

  /** See {@link Jobs#cancel}. */
  void cancel(String id) {
    boolean still = List.of(JobState.QUEUED, JobState.PAUSED).contains(store.required(id).state());
    Instant now = clock.instant();
    if (still
        && store.change(id, List.of(JobState.QUEUED, JobState.PAUSED), JobState.CANCELLED, now)) {
      events.state(id, JobState.CANCELLED, null, now);
      events.add(id, "done", "{}", now);
      JobLog.cancelledWaiting(store.required(id));
    } else if (store.wish(id, Wish.CANCEL)) {
      worker.nudge();
    } else {
      throw new JobRefusedException("ended", "the job has ended");
    }
  }

  /** See {@link Jobs#pause}. */
  void pause(String id) {
    store.required(id);
    if (store.change(id, List.of(JobState.QUEUED), JobState.PAUSED, null)) {
      events.state(id, JobState.PAUSED, null, clock.instant());
    } else if (store.wish(id, Wish.PAUSE)) {
      worker.nudge();
    } else {
      throw new JobRefusedException("not_running", "the job does not run");
    }
  }

  /** See {@link Jobs#resume}. */
  void resume(String id) {
    Job job = store.required(id);
    if (canResume(job.state(), job.exit()) && !hasInput(job)) {
      throw new JobRefusedException(
          "not_resumable", "the file that the job imports is not kept any more; send it again");
    } else if (!canResume(job) || !store.change(id, List.of(job.state()), JobState.QUEUED, null)) {
      throw new JobRefusedException(
          "not_resumable", "there is nothing to go on with: the job is " + job.state().label());
    }
    events.reopen(id);
    events.state(id, JobState.QUEUED, null, clock.instant());
    worker.submit(id);
  }

  /** True if there is something to go on with. */
  boolean canResume(Job job) {
    return canResume(job.state(), job.exit()) && hasInput(job);
  }

  /** True if a job that came to that state may go on, as long as its input is there. */
  static boolean canResume(JobState state, @Nullable Integer exit) {
    return state == JobState.PAUSED
        || state == JobState.CANCELLED
        || (state == JobState.FINISHED && exit != null && RESUMABLE.contains(exit));
  }

  private boolean hasInput(Job job) {
    return !(job.spec() instanceof JobSpec.Import some) || uploads.get(some.upload()).isPresent();
  }
}
