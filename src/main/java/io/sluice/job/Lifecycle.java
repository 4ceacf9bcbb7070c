package io.sluice.job;

import io.sluice.job.files.Uploads;
import io.sluice.job.spec.ImportSpec;
import io.sluice.job.store.Database;
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

  private final Database database;
  private final JobStore store;
  private final Uploads uploads;
  private final Worker worker;
  private final Clock clock;

  Lifecycle(Database database, JobStore store, JobEnvironment environment, Worker worker) {
    this.database = database;
    this.store = store;
    this.uploads = environment.uploads();
    this.worker = worker;
    this.clock = environment.clock();
  }

  /**
   * Ends a job: at once if no process runs it, else as soon as what is in flight is finished.
   *
   * @throws JobRefusedException if it has ended
   */
  public void cancel(String id) {
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
    database.sync();
  }

  /**
   * Stops a job until it is resumed.
   *
   * @throws JobRefusedException if it neither runs nor waits
   */
  public void pause(String id) {
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
    database.sync();
  }

  /**
   * Goes on with a job that was paused, cancelled or ended early, from where it ended.
   *
   * @throws JobRefusedException if there is nothing to go on with
   */
  public void resume(String id) {
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
    database.sync();
  }

  private void goOn(Handle handle, String id) {
    EventStore.reopen(handle, id);
    EventStore.state(handle, id, JobState.QUEUED, null, clock.instant());
  }

  /** True if there is something to go on with. */
  public boolean canResume(Job job) {
    return canResume(job.state(), job.exit()) && hasInput(job);
  }

  /** True if a job that came to that state may go on, as long as its input is there. */
  public static boolean canResume(JobState state, @Nullable Integer exit) {
    return state == JobState.PAUSED
        || state == JobState.CANCELLED
        || (state == JobState.FINISHED && exit != null && RESUMABLE.contains(exit));
  }

  private boolean hasInput(Job job) {
    return !(job.spec() instanceof ImportSpec some) || uploads.get(some.upload()).isPresent();
  }
}
