package io.sluice.job;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param number grows with time, over all jobs
 * @param name {@code state}, {@code progress}, {@code row}, {@code throttled} or {@code done}
 * @param data a JSON object
 */
public record JobEvent(long number, String job, String name, String data, Instant at) {}
