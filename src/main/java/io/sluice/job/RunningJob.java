package io.sluice.job;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import io.sluice.pipeline.StopSignal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A job that this process runs. Thread-safe. */
final class RunningJob {
  /** Nearer to its end than this, the lease on a job is not counted on any more. */
  private static final double DOUBTFUL = 0.5;

  private final Job job;
  private final CurrentlyExecuting lease;
  private final StopSignal stop = new StopSignal();
  private final long begun = System.nanoTime();
  private volatile @Nullable Reason reason;

  /** Why it was asked to stop. */
  enum Reason {
    CANCELLED,
    PAUSED,
    /** The process ends; the job goes on elsewhere, or later. */
    SHUTDOWN,
    /** The database has not heard of this process for too long: others may think it dead. */
    LOST
  }

  RunningJob(Job job, CurrentlyExecuting lease) {
    this.job = job;
    this.lease = lease;
  }

  Job job() {
    return job;
  }

  /** How long this process has run it. */
  Duration lasted() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  StopSignal stop() {
    return stop;
  }

  /** Why it was asked to stop first; null if it was not. */
  @Nullable Reason reason() {
    return reason;
  }

  synchronized void stop(Reason why) {
    if (reason == null) {
      reason = why;
      stop.stop();
    }
  }

  /** Stops calling while nobody else can have begun to. */
  void checkLease() {
    if (lease.getHeartbeatState().getFractionDead() >= DOUBTFUL) {
      stop(Reason.LOST);
    }
  }
}
