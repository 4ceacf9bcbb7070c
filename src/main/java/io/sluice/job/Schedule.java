package io.sluice.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that is made again and again.
 *
 * @param job what is made each time
 * @param cron five fields: minute, hour, day of the month, month, day of the week
 * @param zone the time zone in which they are meant
 * @param nextAt when it is due; null while it is paused
 * @param lastJob the id of the job that it made last, or null
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
    @Nullable Instant nextAt,
    @Nullable String lastJob) {}
