package io.sluice.job.schedule;

import io.sluice.job.spec.JobSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that is made again and again.
 *
 * @param job what is made each time
 * @param cron five fields: minute, hour, day of the month, month, day of the week
 * @param zone the time zone in which they are meant
 * @param plannedAt when its times were set, or it was last let go on after a pause
 * @param nextAt when it is due; null while it is paused
 * @param lastJob the id of the job that it made last, or null
 * @param failure why it could not make its job the last time; null if it could, or was never due
 */
public record Schedule(
    String id,
    String name,
    JobSpec job,
    String cron,
    String zone,
    boolean paused,
    String madeBy,
    Instant madeAt,
    Instant plannedAt,
    @Nullable Instant nextAt,
    @Nullable String lastJob,
    @Nullable Failure failure) {

  /** Why no job was made. */
  public record Failure(Instant at, String reason) {}

  /** The same, which is due then. */
  Schedule dueAt(@Nullable Instant next) {
    return new Schedule(
        id, name, job, cron, zone, paused, madeBy, madeAt, plannedAt, next, lastJob, failure);
  }
}
