package io.sluice.job;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of the service's log about jobs: each start, take-over and end on this process. */
final class JobLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.sluice.job.Jobs");

  private JobLog() {}

  /**
   * A process has begun to run a job.
   *
   * @param before the job as it was when it was found
   * @param job the job as this process runs it
   */
  static void begun(Job before, Job job) {
    String process = before.process();
    if (before.state() == JobState.RUNNING && process != null) {
      LOG.warn(
          "job {} ({}) is taken over by {} from {}, which has died or ended",
          job.id(),
          subject(job),
          job.process(),
          process);
    } else {
      LOG.info(
          "job {} ({}) {}, asked for by {}, on {}",
          job.id(),
          subject(job),
          before.startedAt() == null ? "begins" : "goes on",
          job.madeBy(),
          job.process());
    }
  }

  /** A job stands still: it has ended, or is paused. */
  static void settled(Job job, JobState state, int exit, Duration lasted) {
    if (state == JobState.FINISHED) {
      LOG.info("job {} ({}) ended with exit {} after {}", job.id(), subject(job), exit, s(lasted));
    } else if (state == JobState.AWAITING_APPROVAL) {
      LOG.info("job {} ({}) awaits approval after {}", job.id(), subject(job), s(lasted));
    } else {
      LOG.info("job {} ({}) was {} after {}", job.id(), subject(job), state.label(), s(lasted));
    }
  }

  /** A job was cancelled while no process ran it. */
  static void cancelledWaiting(Job job) {
    LOG.info("job {} ({}) was cancelled while it did not run", job.id(), subject(job));
  }

  /** This process has stopped running a job that has not ended. */
  static void left(Job job, RunningJob.@Nullable Reason reason, Duration lasted) {
    if (reason == RunningJob.Reason.LOST) {
      LOG.warn(
          "job {} ({}) is left to others after {}: this process has lost its hold on it",
          job.id(),
          subject(job),
          s(lasted));
    } else {
      LOG.info(
          "job {} ({}) is interrupted after {}, and goes on later or elsewhere",
          job.id(),
          subject(job),
          s(lasted));
    }
  }

  /** Another process had taken the job over when this one came to its end. */
  static void overtaken(Job job, Duration lasted) {
    LOG.warn(
        "job {} ({}): what this process did in {} counts no more, since another has taken it over",
        job.id(),
        subject(job),
        s(lasted));
  }

  private static String subject(Job job) {
    String kind =
        job.kind().label() + (job.dryRun() && job.kind() != JobKind.DIFF ? ", dry run" : "");
    return job.profile().isEmpty() ? kind : kind + " of " + job.profile();
  }

  private static String s(Duration lasted) {
    return String.format(Locale.ROOT, "%.1f s", lasted.toMillis() / 1000.0);
  }
}
