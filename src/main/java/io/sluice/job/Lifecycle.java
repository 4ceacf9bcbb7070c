package io.sluice.job;

import io.sluice.job.files.Uploads;
import io.sluice.job.store.EventStore;
import io.sluice.job.store.JobStore;
import io.sluice.job.work.JobEnvironment;
import io.sluice.report.ExitCode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How people end jobs, stop them and let them go on. Blocking; thread-safe. */
public final class Lifecycle {
  private static final Set<Integer> RESUMABLE =
      Set.of(
          ExitCode.UNEXPECTED.number(),
          ExitCode.NOT_PERMITTED.number(),
          ExitCode.GAVE_UP.number(),
          ExitCode.FATE_UNKNOWN.number(),
          ExitCode.INTERRUPTED.number());

  private final JobStore store;
  private final Uploads uploads;
  private final Worker worker;
  private final Clock clock;

  Lifecycle(JobStore store, JobEnvironment environment, Worker worker) {
    this.store = store;
    this.uploads = environment.uploads();
    this.worker = worker;
    this.clock = environment.clock();
  }

  /** See {@link Jobs#cancel}. */
  void cancel(String id) {
    store.required(id);
    Instant now = clock.instant();
    boolean ended =
        store.change(
            id,
            List.of(JobState.QUEUED, JobState.PAUSED, JobState.AWAITING_APPROVAL),
            JobState.CANCELLED,
            now,
            handle -> {
              EventStore.state(handle, id, JobState.CANCELLED, null, now);
              EventStore.add(handle, id, "done", "{}", now);
            });
    if (ended) {
      JobLog.cancelledWaiting(store.required(id));
    } else if (!store.request(id, ControlRequest.CANCEL)) {
      throw new JobRefusedException("ended", "the job has ended");
    }
    worker.nudge();
  }

  /** See {@link Jobs#pause}. */
  void pause(String id) {
    store.required(id);
    Instant now = clock.instant();
    boolean stopped =
        store.change(
            id,
            List.of(JobState.QUEUED),
            JobState.PAUSED,
            null,
            handle -> EventStore.state(handle, id, JobState.PAUSED, null, now));
    if (!stopped && !store.request(id, ControlRequest.PAUSE)) {
      throw new JobRefusedException("not_running", "the job does not run");
    }
    worker.nudge();
  }

  /** See {@link Jobs#resume}. */
  void resume(String id) {
    Job job = store.required(id);
    if (canResume(job.state(), job.exit()) && !hasInput(job)) {
      throw new JobRefusedException(
          "not_resumable", "the file that the job imports is not kept any more; send it again");
    } else if (!canResume(job)
        || !store.change(
            id, List.of(job.state()), JobState.QUEUED, null, handle -> goOn(handle, id))) {
      throw new JobRefusedException(
          "not_resumable", "there is nothing to go on with: the job is " + job.state().label());
    }
    worker.submit(id);
  }

  private void goOn(Handle handle, String id) {
    EventStore.reopen(handle, id);
    EventStore.state(handle, id, JobState.QUEUED, null, clock.instant());
  }

  /** True if there is something to go on with. */
  boolean canResume(Job job) {
    return canResume(job.state(), job.exit()) && hasInput(job);
  }

  /** True if a job that came to that state may go on, as long as its input is there. */
  public static boolean canResume(JobState state, @Nullable Integer exit) {
    return state == JobState.PAUSED
        || state == JobState.CANCELLED
        || (state == JobState.FINISHED && exit != null && RESUMABLE.contains(exit));
  }

  private boolean hasInput(Job job) {
    return !(job.spec() instanceof JobSpec.Import some) || uploads.get(some.upload()).isPresent();
  }
}
